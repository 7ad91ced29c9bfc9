#!/usr/bin/env python3
"""Drives the sandbox with public client libraries, unchanged.

usage: run.py SANDBOX FOLDER

SANDBOX is the built `sidelight-sandbox`; FOLDER takes the libraries and a certificate. The libraries only know
addresses like https://acme.haloitsm.com, so they are sent through a proxy of this script that answers for these
names with the sandbox. Where Python's packages or openssl cannot be had, one sentence says so and nothing fails.
"""

import os
import pathlib
import subprocess
import sys
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
HALO, HUDU = "acme.haloitsm.com", "acme.huducloud.com"


class Missing(Exception):
    """Something that this machine does not have."""


def attempt(words, what):
    """Runs a program that prepares something; what cannot be run or fails is missing."""
    try:
        done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=300)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Missing(f"{what}: {error}") from error
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        raise Missing(f"{what}: {lines[-1]}")


def libraries(folder):
    """An environment with the libraries; made once for each list of them."""
    wanted = (HERE / "requirements.txt").read_text()
    python, done = folder / "venv" / "bin" / "python", folder / "installed.txt"
    if not (python.exists() and done.exists() and done.read_text() == wanted):
        attempt([sys.executable, "-m", "venv", folder / "venv"], "Python makes no environment")
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        attempt([*pip, "-r", HERE / "requirements.txt"], "the libraries cannot be installed")
        done.write_text(wanted)
    return python


def certificate(folder):
    """A key and a certificate for the two names, good for two days."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    names = f"subjectAltName=DNS:{HALO},DNS:{HUDU}"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Sidelight"]
    attempt([*words, "-addext", names, "-keyout", key, "-out", certificate], "openssl makes no certificate")
    return key, certificate


def told(lines):
    """What the sandbox says of itself: word by word before the value."""
    facts = {}
    for line in lines:
        name, _, value = line.strip().partition("  ")
        facts[name] = value.split()[0] if value.strip() else ""
        if name.startswith("Faults"):
            break
    return facts


def main():
    sandbox, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    try:
        python = libraries(folder)
        key, cert = certificate(folder)
    except Missing as missing:
        print(f"The public Python clients were left out. {missing}")
        return 0
    from proxy import Proxy

    pair = subprocess.Popen([sandbox, "--halo-port", "0", "--hudu-port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        facts = told(pair.stdout)
        # It sends a changed company without its root key.
        put = urllib.request.Request(facts["Hudu"] + "/_sandbox/switches", b'{"bare_changes": true}', method="PUT")
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(put)
        proxy = Proxy({HALO: facts["HaloITSM"], HUDU: facts["Hudu"]}, key, cert)
        environment = {
            **os.environ,
            "HTTPS_PROXY": proxy.url,
            "NO_PROXY": "",
            "REQUESTS_CA_BUNDLE": str(cert),
            "HALO_URL": f"https://{HALO}",
            "HALO_CLIENT_ID": facts["client id"],
            "HALO_CLIENT_SECRET": facts["client secret"],
            "HUDU_URL": f"https://{HUDU}",
            "HUDU_API_KEY": facts["API key"],
        }
        failed = 0
        for script in ("with_hudu_magic.py", "with_halopsa.py", "with_haloitsm.py"):
            failed += subprocess.run([str(python), str(HERE / script)], env=environment, check=False).returncode != 0
        return 1 if failed else 0
    finally:
        pair.terminate()
        pair.wait()


if __name__ == "__main__":
    sys.exit(main())
