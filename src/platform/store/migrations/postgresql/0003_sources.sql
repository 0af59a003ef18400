-- Versions are made again from kept uploads by a recipe, and are looked at before they are used.

ALTER TABLE source_versions ADD COLUMN status TEXT NOT NULL DEFAULT 'published'
    CHECK (status IN ('loading', 'staged', 'published', 'failed'));
ALTER TABLE source_versions ADD COLUMN recipe JSON NOT NULL DEFAULT '{}';
ALTER TABLE source_versions ADD COLUMN step_reports JSON NOT NULL DEFAULT '[]';
ALTER TABLE source_versions ADD COLUMN difference JSON NOT NULL DEFAULT '{}';
ALTER TABLE source_versions ADD COLUMN error JSON;
ALTER TABLE source_versions ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE source_versions ADD COLUMN user_id TEXT REFERENCES users(id) ON DELETE SET NULL;
ALTER TABLE source_versions ADD COLUMN modelled_at TIMESTAMPTZ;
CREATE INDEX idx_source_versions_user ON source_versions(user_id);
UPDATE source_versions SET modelled_at = created_at
    WHERE EXISTS (SELECT 1 FROM semantic_models m WHERE m.source_id = source_versions.source_id);

-- Uploads that arrive in pieces; what has arrived is a file, whose size is the offset.
CREATE TABLE resumable_uploads (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    filename TEXT NOT NULL,
    size BIGINT NOT NULL,
    placement JSON NOT NULL DEFAULT '{}',
    file_id TEXT,                             -- what it became, when it is complete
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX idx_resumable_uploads_workspace ON resumable_uploads(workspace_id, expires_at);
CREATE INDEX idx_resumable_uploads_user ON resumable_uploads(user_id);
