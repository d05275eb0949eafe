import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]

OPEN_A_PAGE = """
import pathlib, sys
import resourcedir
from resourcedir.app import open_app
from resourcedir.files import root
from resourcedir.security.sealing import make_key_file
from resourcedir.settings import Settings

package = pathlib.Path(resourcedir.__file__).parent
assert sys.prefix in str(package), package
assert root("templates").parent == package and (root("data") / "seed_resources.csv").exists()
folder = pathlib.Path("deployment")
make_key_file(folder / "keys")
app = open_app(
    Settings.from_environ(
        {"RESOURCEDIR_DATA_DIR": str(folder), "RESOURCEDIR_KEY_FILE": str(folder / "keys")}
    )
)
page = app.test_client().get("/sign-in", base_url="https://localhost")
assert page.status_code == 200, page.status_code
sheet = app.test_client().get("/static/uswds.css", base_url="https://localhost")
assert sheet.status_code == 200
spanish = app.test_client().get(
    "/sign-in", base_url="https://localhost", headers={"Accept-Language": "es"}
)
assert '<html lang="es">' in spanish.text
print("opened")
"""


def test_the_wheel_works_in_an_environment_outside_the_checkout(tmp_path):
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run(install, check=True, capture_output=True)
    # The dependencies are those of this run; this project's editable install is not among them.
    site = next((environment / "lib").glob("python*/site-packages"))
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")

    done = subprocess.run(
        [python, "-c", OPEN_A_PAGE], cwd=tmp_path, check=False, capture_output=True, text=True
    )

    assert done.stdout == "opened\n", done.stderr
