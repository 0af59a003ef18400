-- One-use tickets with which a browser fetches a file by itself, without its token.
CREATE TABLE download_tickets (
    token_hash TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    request JSON NOT NULL,  -- what is exported, and how
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX idx_download_tickets_workspace ON download_tickets(workspace_id);
CREATE INDEX idx_download_tickets_user ON download_tickets(user_id);
