"""How the two sides of a referral act on their pages, and what they read there."""


def ours(sent, rest=""):
    return f"/referrals/{sent.id}{rest}"


def answer(browser, action, data=None, status=200):
    """Take a step of the house's, by its page or its button."""
    step = browser.page.select_one(f"main [href$='/step/{action}']")
    if step is not None:
        browser.get(step["href"])
        return browser.submit(data or {}, status=status)
    return browser.submit(data or {}, form=f"main form[action$='/step/{action}']", status=status)


def told(browser, sent, action, data=None, status=200):
    """Record as the officer what somebody told."""
    browser.get(ours(sent, f"/step/{action}"))
    return browser.submit(data or {}, status=status)


def timeline(browser):
    """Return the first line of each event, the latest first."""
    return [" ".join(each.p.text.split()) for each in browser.page.select(".rd-time > li")]


def dates(browser):
    """Return the terms of the section with the dates of a referral, and what they say."""
    rows = browser.page.select("aside dl div")
    return {row.dt.text.strip(): " ".join(row.dd.text.split()) for row in rows}
