-- What people changed in semantic models, taught the question engine and hold answers against.

-- catalog::ModelEdits: kept apart from the model that is made from the data, so that they hold for every
-- new version of it.
ALTER TABLE semantic_models ADD COLUMN edits JSON NOT NULL DEFAULT '{}';
ALTER TABLE semantic_model_history ADD COLUMN edits JSON NOT NULL DEFAULT '{}';

CREATE TABLE teachings (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('term', 'question')),
    phrase TEXT NOT NULL,      -- as it was said
    phrase_key TEXT NOT NULL,  -- folded: one meaning each
    meaning JSON NOT NULL,     -- catalog::Meaning
    origin TEXT NOT NULL CHECK (origin IN ('conversation', 'choice', 'page')),
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    UNIQUE (workspace_id, kind, phrase_key)
);
CREATE INDEX idx_teachings_user ON teachings(user_id);

CREATE TABLE golden_questions (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    reading JSON,
    sql_query TEXT NOT NULL,
    expected JSON NOT NULL,  -- columns, rows, total_rows, versions
    outcome TEXT CHECK (outcome IN ('same', 'different', 'failed')),  -- NULL: not run again yet
    found JSON,              -- of the last run, with its differences
    checked_at TIMESTAMPTZ,
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);
CREATE INDEX idx_golden_questions_workspace ON golden_questions(workspace_id, created_at, id);
CREATE INDEX idx_golden_questions_user ON golden_questions(user_id);

-- The turn that this one was asked after; NULL: the one before it, if any.
ALTER TABLE conversation_turns ADD COLUMN follows TEXT;
