-- What people changed in semantic models, taught the question engine and hold answers against.

-- catalog::ModelEdits: kept apart from the model that is made from the data, so that they hold for every
-- new version of it.
ALTER TABLE semantic_models ADD COLUMN edits TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(edits));
ALTER TABLE semantic_model_history ADD COLUMN edits TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(edits));

CREATE TABLE teachings (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('term', 'question')),
    phrase TEXT NOT NULL,  -- as it was said
    phrase_key TEXT NOT NULL,  -- folded: one meaning each
    meaning TEXT NOT NULL CHECK (json_valid(meaning)),  -- catalog::Meaning
    origin TEXT NOT NULL CHECK (origin IN ('conversation', 'choice', 'page')),
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (workspace_id, kind, phrase_key)
) STRICT;
CREATE INDEX idx_teachings_user ON teachings(user_id);

CREATE TABLE golden_questions (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    reading TEXT CHECK (reading IS NULL OR json_valid(reading)),
    sql_query TEXT NOT NULL,
    expected TEXT NOT NULL CHECK (json_valid(expected)),  -- columns, rows, total_rows, versions
    outcome TEXT CHECK (outcome IN ('same', 'different', 'failed')),  -- NULL: not run again yet
    found TEXT CHECK (found IS NULL OR json_valid(found)),  -- of the last run, with its differences
    checked_at TEXT,
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;
CREATE INDEX idx_golden_questions_workspace ON golden_questions(workspace_id, created_at, id);
CREATE INDEX idx_golden_questions_user ON golden_questions(user_id);

-- The turn that this one was asked after; NULL: the one before it, if any.
ALTER TABLE conversation_turns ADD COLUMN follows TEXT;
