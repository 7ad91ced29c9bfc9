"""A proxy that answers for a few names with local servers, over TLS with a certificate of its own."""

import http.client
import http.server
import ssl
import threading
import urllib.parse

# These are about one connection and are not passed on.
OWN = {"connection", "keep-alive", "transfer-encoding", "content-length", "proxy-connection"}


class Proxy:
    """Serves in the background as long as the program runs."""

    def __init__(self, servers, key, certificate):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_CONNECT(self):
                if self.path.rsplit(":", 1)[0] not in servers:
                    return self.send_error(502, "no such server here")
                self.send_response(200)
                self.end_headers()
                self.connection = context.wrap_socket(self.connection, server_side=True)
                self.rfile = self.connection.makefile("rb")
                self.wfile = self.connection.makefile("wb", buffering=0)
                self.close_connection = False

            def do_any(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length) if length else None
                server = urllib.parse.urlsplit(servers[self.headers["Host"].split(":")[0]])
                there = http.client.HTTPConnection(server.hostname, server.port, timeout=60)
                kept = {name: value for name, value in self.headers.items() if name.lower() not in OWN}
                there.request(self.command, self.path, body=body, headers=kept)
                answer = there.getresponse()
                content = answer.read()
                there.close()
                self.send_response(answer.status, answer.reason)
                for name, value in answer.getheaders():
                    if name.lower() not in OWN:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_any

            def log_message(self, *words):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_address[1]}"
