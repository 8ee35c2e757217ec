"""A mail server: Postfix (STARTTLS required, AUTH by Dovecot, implicit TLS on a second port) and Dovecot's IMAPS.

Every accepted message ends in one Maildir, its recipient in the header Delivered-To; nothing can leave the machine.
Recipients reject@ are refused by 550, tempfail@ by 451, greylist@ by 450, full@ and big@ by 552, and so are messages
over 1 MB.
"""
import os
import pwd
import shutil
import subprocess

from . import ports, processes
from .server import PASSWORD, USER, Server, Unsupported

MAIN_CF = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
myhostname = localhost
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
biff = no
default_transport = error:no outside delivery
relay_transport = error:no outside delivery
virtual_mailbox_domains = static:all
virtual_mailbox_base = {folder}/Maildir
virtual_mailbox_maps = regexp:{folder}/postfix/mailbox
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtpd_tls_cert_file = {folder}/cert.pem
smtpd_tls_key_file = {folder}/key.pem
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {folder}/dovecot/auth-postfix
smtpd_recipient_restrictions = check_recipient_access regexp:{folder}/postfix/access, permit_sasl_authenticated, reject
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_error_sleep_time = 0
smtpd_client_connection_rate_limit = 0
smtpd_client_connection_count_limit = 0
smtpd_peername_lookup = no
message_size_limit = 1000000
"""
MASTER_CF = """
127.0.0.1:{port} inet n - n - - smtpd
127.0.0.1:{smtps} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
pickup unix n - n 60 1 pickup
postlog unix-dgram n - n - 1 postlogd
"""
DOVECOT_CONF = """
base_dir = {folder}/dovecot/run
state_dir = {folder}/dovecot/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{folder}/Maildir/all
passdb {{
  driver = passwd-file
  args = {folder}/dovecot/users
}}
userdb {{
  driver = passwd-file
  args = {folder}/dovecot/users
}}
service auth {{
  unix_listener {folder}/dovecot/auth-postfix {{
    mode = 0660
    user = postfix
    group = postfix
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
"""
ACCESS = """
/^reject@/ 550 5.1.1 no such user
/^tempfail@/ 451 4.3.0 try again later
/^greylist@/ 450 4.2.0 greylisted
/^full@/ 552 5.2.2 mailbox full
/^big@/ 552 5.3.4 message too big for this mailbox
"""
QUEUES = ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private", "saved", "trace")


class Mail(Server):
    name = "mail"
    port_names = ("port", "smtps", "imaps")
    pid_file = "dovecot/run/master.pid"

    def prepare(self, options):
        if os.getuid() != 0:
            raise Unsupported("Postfix switches users and can only be started by root: run the mail tests as root or with sudo")
        nobody = pwd.getpwnam("nobody")
        self._make_folders(nobody)
        values = {"folder": self.folder, "uid": nobody.pw_uid, "gid": nobody.pw_gid, **self.state["ports"]}
        users = f"{USER}:{{PLAIN}}{PASSWORD}:{nobody.pw_uid}:{nobody.pw_gid}::{self.folder}/dovecot::\n"
        for name, text in {"postfix/main.cf": MAIN_CF.format(**values), "postfix/master.cf": MASTER_CF.format(**values),
                           "postfix/access": ACCESS, "postfix/mailbox": "/./ all/\n", "dovecot/users": users,
                           "dovecot/dovecot.conf": DOVECOT_CONF.format(**values)}.items():
            (self.folder / name).write_text(text)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-keyout", self.folder / "key.pem", "-out", self.folder / "cert.pem", "-days", "30",
                        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
                       check=True, capture_output=True)

    def _make_folders(self, nobody):
        for name in ("postfix", "queue", "data", "Maildir", "dovecot"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "data", "postfix")
        os.chown(self.folder / "Maildir", nobody.pw_uid, nobody.pw_gid)
        for name in (*QUEUES, "public", "maildrop", "pid"):
            path = self.folder / "queue" / name
            path.mkdir(mode=0o700)
            if name != "pid":
                shutil.chown(path, "postfix")
        for name, mode in (("public", 0o710), ("maildrop", 0o730)):
            shutil.chown(self.folder / "queue" / name, "postfix", "postdrop")
            (self.folder / "queue" / name).chmod(mode)

    def launch(self):
        dovecot = processes.spawn(["/usr/sbin/dovecot", "-F", "-c", self.folder / "dovecot/dovecot.conf"],
                                  self.folder / "dovecot.log")
        postfix = processes.spawn(["/usr/lib/postfix/sbin/master", "-s", "-c", self.folder / "postfix"],
                                  self.folder / "mail.log", env={"PATH": "/usr/sbin:/usr/bin:/bin",
                                                                 "MAIL_CONFIG": str(self.folder / "postfix")})
        return [dovecot, postfix]

    def ready(self):
        return all(ports.answers(self.port(name)) for name in self.port_names)

    def env(self):
        return {"EMAIL_HOST": "localhost", "EMAIL_PORT": str(self.port()), "EMAIL_USERNAME": USER,
                "EMAIL_PASSWORD": PASSWORD, "TLS_CA_FILE": str(self.folder / "cert.pem"),
                "SMTPS_PORT": str(self.port("smtps")), "IMAPS_PORT": str(self.port("imaps")),
                "MAILDIR": str(self.folder / "Maildir/all/new")}
