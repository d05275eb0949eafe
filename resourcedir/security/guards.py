"""Guards on views. Every view carries exactly one; the app refuses to start otherwise."""

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from flask import Flask, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from resourcedir.identity import Identity, Officer, Provider, Supervisor
from resourcedir.security.permissions import Permission, permits

P = ParamSpec("P")
R = TypeVar("R", bound=ResponseReturnValue)
_MARK: Final = "__guard__"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def require(
    permission: Permission,
) -> Callable[[Callable[P, R]], Callable[P, ResponseReturnValue]]:
    """Let only people who hold ``permission`` reach the view.

    A stranger is sent to sign in; somebody signed in without the permission gets 404, as if the
    page did not exist.
    """

    def decorate(view: Callable[P, R]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            identity: Identity | None = g.get("identity")
            if identity is None:
                return _to_sign_in()
            if not permits(identity, permission):
                abort(404)
            return view(*args, **kwargs)

        setattr(guarded, _MARK, permission)
        return guarded

    return decorate


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view that anybody may see. The view's docstring says why."""
    setattr(view, _MARK, None)
    return view


def refuse_unguarded_views(app: Flask) -> None:
    """Stop the app from starting if a view was left unguarded.

    :raises RuntimeError: naming every endpoint that carries neither ``@require`` nor ``@public``.
    """
    bare = sorted(
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and not hasattr(view, _MARK)
    )
    if bare:
        raise RuntimeError(f"views without @require or @public: {', '.join(bare)}")


def guard_of(app: Flask, endpoint: str) -> Permission | None:
    """Return the permission that an endpoint asks for; None means that it is public."""
    return getattr(app.view_functions[endpoint], _MARK, None)


def current_identity() -> Identity:
    """Return who is signed in; 404 if a wrong guard let a stranger through."""
    identity: Identity | None = g.get("identity")
    if identity is None:
        abort(404)
    return identity


def current_officer() -> Officer:
    """Return the officer who is asking; 404 for anybody else."""
    if not isinstance(officer := current_identity(), Officer):
        abort(404)
    return officer


def current_supervisor() -> Supervisor:
    """Return the supervisor who is asking; 404 for anybody else."""
    if not isinstance(supervisor := current_identity(), Supervisor):
        abort(404)
    return supervisor


def current_provider() -> Provider:
    """Return the provider's member of staff who is asking; 404 for anybody else."""
    if not isinstance(provider := current_identity(), Provider):
        abort(404)
    return provider


def only_asks() -> bool:
    """Say whether this request changes nothing (RFC 9110, 9.2.1): HEAD asks as GET does."""
    return request.method in _SAFE


def shows_nothing() -> bool:
    """Say whether what is answered has no body: then nobody has seen or opened anything."""
    return request.method == "HEAD"


def _to_sign_in() -> ResponseReturnValue:
    # Only the path goes along: a query may hold what somebody searched for.
    if only_asks():
        return redirect(url_for("accounts.sign_in", next=request.path), code=303)
    return redirect(url_for("accounts.sign_in"), code=303)
