"""The other side of peer_test.cpp: tokens by PyJWT, keys by openssl.

peer.py make            prints {"rsa", "small_rsa", "ec", "p384": public PEM, "rs256", "es256", "hs256", "confused": tokens}
peer.py read TOKEN KEY  prints the claims of an HS256 token, or fails
"""
import base64
import hashlib
import hmac
import json
import subprocess
import sys
import time

import jwt

SECRET = "a secret of at least thirty-two bytes"


def key_pair(*how):
    private = subprocess.run(["openssl", "genpkey", *how], check=True, capture_output=True).stdout
    public = subprocess.run(["openssl", "pkey", "-pubout"], input=private, check=True, capture_output=True).stdout
    return private.decode(), public.decode()


def confused(public, claims):
    """An HS256 token whose secret is the public key, which everybody knows."""
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")
    text = part({"alg": "HS256", "typ": "JWT"}) + b"." + part(claims)
    mac = hmac.new(public.encode(), text, hashlib.sha256).digest()
    return (text + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")).decode()


def make():
    claims = {"sub": "42", "roles": ["tutor", "parent"], "children_ids": [5, "6"], "iss": "school", "aud": ["x", "y"],
              "exp": int(time.time()) + 600}
    rsa, rsa_public = key_pair("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")
    _, small_public = key_pair("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024")
    ec, ec_public = key_pair("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
    _, p384_public = key_pair("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384")
    print(json.dumps({
        "rsa": rsa_public, "small_rsa": small_public, "ec": ec_public, "p384": p384_public,
        "rs256": jwt.encode(claims, rsa, "RS256"), "es256": jwt.encode(claims, ec, "ES256"),
        "hs256": jwt.encode(claims, SECRET, "HS256"), "confused": confused(rsa_public, claims)}))


if sys.argv[1] == "make":
    make()
else:
    print(json.dumps(jwt.decode(sys.argv[2], sys.argv[3], ["HS256"])))
