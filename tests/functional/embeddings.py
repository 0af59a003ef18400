"""A small server of POST /v1/embeddings: texts that share a subject get vectors that lie close, others do not."""

import http.server
import json
import threading
import zlib

SUBJECTS = [
    {"churn", "attrition", "leave", "leaving"},
    {"outlook", "forecast", "future", "recommend"},
    {"orders", "purchases", "sales"},
]


OTHERS = 256  # places of the words of no subject
WEIGHT = 20.0


def vector_of(text):
    words = {word.strip(".,?:").lower() for word in text.split()}
    vector = [WEIGHT * len(words & subject) for subject in SUBJECTS] + [0.0] * OTHERS
    for word in words.difference(*SUBJECTS):
        number = zlib.crc32(word.encode())
        vector[len(SUBJECTS) + number % OTHERS] += 1.0 if number & 0x10000 else -1.0
    return vector


class EmbeddingsServer:
    """As a context: `url` answers. `status` other than 200 makes it fail; `texts` is what it was sent."""

    def __init__(self, key="k-123"):
        outer = self
        self.status, self.texts, self.keys = 200, [], []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.keys.append(self.headers.get("Authorization"))
                status, reply = outer.status, {"error": {"message": "the model is asleep"}}
                if self.path != "/v1/embeddings" or self.headers.get("Authorization") != f"Bearer {key}":
                    status, reply = 401, {"error": {"message": "no such key"}}
                elif status == 200:
                    outer.texts += body["input"]
                    reply = {"object": "list", "model": body["model"], "data": [
                        {"object": "embedding", "index": i, "embedding": vector_of(text)}
                        for i, text in reversed(list(enumerate(body["input"])))]}
                data = json.dumps(reply).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
