// Made by `npm run gen` from the server’s OpenAPI document. Do not edit.

export interface paths {
    "/api/ai/conversation-enhanced": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask a question about the data
         * @description With `Accept: text/event-stream` the answer comes as events: `stage` while it is worked on, then one `answer`. `status` says whether it was answered, needs one choice (clarification) or can not be answered (abstained).
         */
        post: operations["post_api_ai_conversation_enhanced"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Own conversations, last used first
         * @description With `search`, those with this text in the title or in a question.
         */
        get: operations["get_api_ai_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/conversations/{conversation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A conversation with its turns */
        get: operations["get_api_ai_conversations_conversation_id"];
        put?: never;
        post?: never;
        /** Delete a conversation */
        delete: operations["delete_api_ai_conversations_conversation_id"];
        options?: never;
        head?: never;
        /** Rename a conversation */
        patch: operations["patch_api_ai_conversations_conversation_id"];
        trace?: never;
    };
    "/api/ai/golden": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Golden questions, newest first, with what differed when they were asked again */
        get: operations["get_api_ai_golden"];
        put?: never;
        /**
         * Vouch for the answer of a turn
         * @description It is asked again when the data it rests on get a new version; when the answer differs, you are notified.
         */
        post: operations["post_api_ai_golden"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/golden/{golden_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Vouch for an answer no longer */
        delete: operations["delete_api_ai_golden_golden_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/golden/{golden_id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the answer that was found as the one to expect */
        post: operations["post_api_ai_golden_golden_id_accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/golden/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask all golden questions again */
        post: operations["post_api_ai_golden_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/query-suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Queries worth running, or a failed one corrected */
        post: operations["post_api_ai_query_suggestions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/teachings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the question engine was taught, newest first */
        get: operations["get_api_ai_teachings"];
        put?: never;
        /**
         * Teach what a word means or how a question is answered
         * @description In place of what was taught of the same phrase before. Saying “revenue means net_amount” in a conversation does the same.
         */
        post: operations["post_api_ai_teachings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/teachings/{teaching_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take back what was taught */
        delete: operations["delete_api_ai_teachings_teaching_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Which engine and models answer */
        post: operations["post_api_ai_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/accept-invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Join a workspace with the account one has */
        post: operations["post_api_auth_accept_invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/invites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invitations into the workspace, newest first */
        get: operations["get_api_auth_invites"];
        put?: never;
        /**
         * Invite someone into the workspace
         * @description The token is shown this once; it is good for 7 days and one use.
         */
        post: operations["post_api_auth_invites"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/invites/{invite_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an open invitation back */
        delete: operations["delete_api_auth_invites_invite_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in
         * @description After too many failures in a row the account, or the network address, is locked for a while.
         */
        post: operations["post_api_auth_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End this log-in
         * @description Its access tokens end at once, too.
         */
        post: operations["post_api_auth_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed-in user */
        get: operations["get_api_auth_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change one's profile */
        patch: operations["patch_api_auth_me"];
        trace?: never;
    };
    "/api/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change one's password
         * @description All other log-ins of the user end.
         */
        post: operations["post_api_auth_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get new tokens
         * @description A refresh token is good for one use; using it twice ends the log-in.
         */
        post: operations["post_api_auth_refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an account
         * @description The first account owns the server. Others need what SIGNUP_MODE asks for.
         */
        post: operations["post_api_auth_signup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tokens for another workspace of the user */
        post: operations["post_api_auth_workspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Files, newest first */
        get: operations["get_api_files"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/{file_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One file with its progress or error */
        get: operations["get_api_files_file_id"];
        put?: never;
        post?: never;
        /** Delete a file with its source, tables and model */
        delete: operations["delete_api_files_file_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/{file_id}/data-source-info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything known about a file's data
         * @description Schema, semantic model, feature state, and per version the load report and column profiles.
         */
        get: operations["get_api_files_file_id_data_source_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/{file_id}/passages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The text of a document in reading order
         * @description Passages behind the ordinal `after`; `page`: of this page alone; `limit`: 1 to 500, 100 when it is not given. Empty for files without prose.
         */
        get: operations["get_api_files_file_id_passages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/{file_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a failed file again */
        post: operations["post_api_files_file_id_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/reset-stuck": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Files whose reading has stopped without an end */
        get: operations["get_api_files_reset_stuck"];
        put?: never;
        /** Start stuck files again */
        post: operations["post_api_files_reset_stuck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/sample": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Load the sample data
         * @description A made-up retail data set of related tables. Loading it again gives the files already there.
         */
        post: operations["post_api_files_sample"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/sync-features": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring every feature up to date with a source, or with all */
        post: operations["post_api_files_sync_features"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload files
         * @description Multipart form with one or more parts named `file`. Reading starts at once; follow it with GET /api/files/{file_id} or the file.progress events. Fields beside the files: `combine` = true makes one table of all of them, with their names as a column; `source_id` with `mode` = append or replace makes a new version of a source; `confirm` = true publishes it even when columns vanish or types change.
         */
        post: operations["post_api_files_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers */
        get: operations["get_api_health_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether every component works
         * @description Runs a real query on the metadata store and in a worker. 503 names the component that fails. A shared cache that fails is told, but the server works without it.
         */
        get: operations["get_api_health_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integration/data-sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Data sources that can be used
         * @description With `feature`, those that this feature is enabled for.
         */
        get: operations["get_api_integration_data_sources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integration/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Notifications, newest first */
        get: operations["get_api_integration_notifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integration/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark notifications as read */
        post: operations["post_api_integration_notifications_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integration/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search the text of documents
         * @description Passages of PDF, Word and text files with any of the words of `q`, best first, with file, page and heading. `snippet` is in parts; those with `match` are words that were found. `source_id`: in this source alone; `limit`: 1 to 50, 20 when it is not given. With EMBEDDINGS_URL also passages that mean the same in other words; `note` says when that endpoint did not answer.
         */
        get: operations["get_api_integration_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integration/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring features up to date */
        post: operations["post_api_integration_sync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Semantic models of the workspace */
        get: operations["get_api_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models/{model_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A semantic model: tables, columns, joins, metrics */
        get: operations["get_api_models_model_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a semantic model
         * @description The change is checked on the data and takes effect at once. It stays when the data get a new version.
         */
        patch: operations["patch_api_models_model_id"];
        trace?: never;
    };
    "/api/models/{model_id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions of a semantic model, newest first */
        get: operations["get_api_models_model_id_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models/{model_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring an earlier version of a semantic model back
         * @description Its edits, name and description become those of a new version.
         */
        post: operations["post_api_models_model_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Saved queries, own and shared, last changed first */
        get: operations["get_api_queries"];
        put?: never;
        /**
         * Save a query
         * @description `name` and `sql_query` are needed. `reference` is its name in SQL, FROM saved.<reference>; it is made from the name when not given.
         */
        post: operations["post_api_queries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/{query_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A saved query */
        get: operations["get_api_queries_query_id"];
        put?: never;
        post?: never;
        /** Put a saved query into the trash, or delete one that is in it for good */
        delete: operations["delete_api_queries_query_id"];
        options?: never;
        head?: never;
        /**
         * Change a saved query
         * @description What is not given stays. A change of SQL, parameters, reading or chart makes a new version; a reading is dropped when the SQL changes without it. With `version` the change is refused when that is not the present one.
         */
        patch: operations["patch_api_queries_query_id"];
        trace?: never;
    };
    "/api/queries/{query_id}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A copy of one's own */
        post: operations["post_api_queries_query_id_duplicate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/{query_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a saved query out of the trash */
        post: operations["post_api_queries_query_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/{query_id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rows of an earlier run, from any place in its result */
        get: operations["get_api_queries_query_id_rows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/{query_id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs of a saved query, newest first; of a shared one everybody's */
        get: operations["get_api_queries_query_id_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/{query_id}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When a saved query runs by itself */
        get: operations["get_api_queries_query_id_schedule"];
        /**
         * Let a saved query run by itself, in the caller's name
         * @description Times are in UTC: `minute` 0 to 59, `hour` 0 to 23 (not of hourly), `weekday` 1 Monday to 7 (of weekly), `day` 1 to 28 (of monthly). Its runs are in the history, started by the schedule.
         */
        put: operations["put_api_queries_query_id_schedule"];
        post?: never;
        /** Let a saved query not run by itself any more */
        delete: operations["delete_api_queries_query_id_schedule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/{query_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of a saved query, newest first */
        get: operations["get_api_queries_query_id_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/{query_id}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring the content of an earlier version back, as a new version */
        post: operations["post_api_queries_query_id_versions_version_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The export that a ticket stands for
         * @description As POST /api/queries/export; the ticket stands for the log-in.
         */
        get: operations["get_api_queries_download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/execute-enhanced": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run one SELECT over the workspace's tables
         * @description Tables are named as in GET /api/integration/data-sources, saved queries as saved.<reference>. Integers beyond 2^53 and long decimals come as texts. With `Accept: application/x-ndjson` the answer comes line by line: start, queue, progress, columns, rows (any number of times), then end or error.
         */
        post: operations["post_api_queries_execute_enhanced"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * How the engine runs a statement, with times, and what would make it faster
         * @description `run` false: the plan without running it.
         */
        post: operations["post_api_queries_explain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The whole result of a statement as a file
         * @description Answers with the bytes of the file, not with JSON. csv and json come as they are computed; xlsx and parquet once they are complete, meanwhile GET /api/queries/running shows the rows. Texts that a spreadsheet would run get a leading ' in csv.
         */
        post: operations["post_api_queries_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/export/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A ticket with which a browser streams an export to disk
         * @description Takes what the export takes. Open /api/queries/download?ticket=… as a link. A ticket works once, for a minute, in the caller's name. A statement that can not be run is refused here already.
         */
        post: operations["post_api_queries_export_ticket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/faster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The statement said in a faster way, tried against the one given
         * @description Rules look for what the engine does not do by itself. What they find is run beside the statement: it is offered when it gives the same rows (whatever their order, decimals to eight digits) in clearly less time. `reason` says why there is none.
         */
        post: operations["post_api_queries_faster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/from-reading": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The SQL of a reading
         * @description A reading is what an answer gives as `reading.logical` and the visual builder edits. Members that are missing take their default. Computed columns are checked; a pivot that names no values gets those of the data, by a query. `links` has every way in which a table can be joined.
         */
        post: operations["post_api_queries_from_reading"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Own runs, newest first */
        get: operations["get_api_queries_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/history/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run with the first rows of its result */
        get: operations["get_api_queries_history_run_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much the workspace's queries may take */
        get: operations["get_api_queries_limits"];
        /**
         * Set the workspace's limits, within those of the server
         * @description By administrators. What is not given is the server's setting again.
         */
        put: operations["put_api_queries_limits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/running": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Own queries under way */
        get: operations["get_api_queries_running"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/running/{run_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a query under way, by its query_id or client_run_id */
        post: operations["post_api_queries_running_run_id_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/to-reading": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The reading of a SELECT, or why there is none
         * @description `expressible` is false when no reading says what the statement says; then `reason`, `hint` and `position` (byte offset) tell why and where.
         */
        post: operations["post_api_queries_to_reading"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queries/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What is wrong with a statement, and what it reads and gives
         * @description `from` and `to` count UTF-16 units, as browsers do.
         */
        post: operations["post_api_queries_validate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/realtime/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A ticket for the WebSocket
         * @description Connect to /api/realtime?ticket=…&after=SEQ. A ticket works once, for a short time. Messages are {seq, type, source_id?, data}; `after` is the last seq seen, so that nothing is missed.
         */
        post: operations["post_api_realtime_ticket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources/{source_id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How a source was read
         * @description What was decided by hand, what was found, the clean-up steps, and the files it is made of.
         */
        get: operations["get_api_sources_source_id_plan"];
        /**
         * Read a source again in another way
         * @description Makes a new version from the kept uploads. It is published when it is made; one that lacks columns or changes types waits as `staged` unless `confirm` is true.
         */
        put: operations["put_api_sources_source_id_plan"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources/{source_id}/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cells that did not fit and were kept aside */
        get: operations["get_api_sources_source_id_quarantine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources/{source_id}/raw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rows with every cell as the text that the file has
         * @description Before types were decided and steps were done. The first call of a version reads its files again.
         */
        get: operations["get_api_sources_source_id_raw"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources/{source_id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Typed rows of a version
         * @description Of any version with data, also of one that waits to be published.
         */
        get: operations["get_api_sources_source_id_rows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources/{source_id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change the clean-up steps of a source
         * @description The whole list, in order. Makes a new version; leaving a step out takes it back. With `preview` that version waits as `staged`: look at its rows, then publish or discard it.
         */
        put: operations["put_api_sources_source_id_steps"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources/{source_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Versions of a source, newest first
         * @description Also those that are being made, wait to be published, or failed, each with its difference to the version that was in use when it was made.
         */
        get: operations["get_api_sources_source_id_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources/{source_id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Discard a version that is not in use, with its data */
        delete: operations["delete_api_sources_source_id_versions_version"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources/{source_id}/versions/{version}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish a version that waits for a yes */
        post: operations["post_api_sources_source_id_versions_version_publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources/{source_id}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Use an earlier version again */
        post: operations["post_api_sources_source_id_versions_version_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a resumable upload
         * @description The tus protocol 1.0.0 with creation, checksum (sha256), expiration and termination: Upload-Length says the size, Upload-Metadata the `filename` and, for a new version of a source, `source_id` with `mode` = append or replace. The answer's Location takes the pieces.
         */
        post: operations["post_api_uploads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/uploads/{upload_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where a resumable upload stands
         * @description In the headers Upload-Offset, Upload-Length and, when it is complete, Upload-File-Id; HEAD gives the same.
         */
        get: operations["get_api_uploads_upload_id"];
        put?: never;
        post?: never;
        /** Give up a resumable upload */
        delete: operations["delete_api_uploads_upload_id"];
        options?: never;
        head?: never;
        /**
         * The next piece of a resumable upload
         * @description From byte Upload-Offset on. A wrong offset is a conflict; a piece that does not match its Upload-Checksum is refused with 460. What arrived of a piece that broke off is kept, unless it has a checksum.
         */
        patch: operations["patch_api_uploads_upload_id"];
        trace?: never;
    };
    "/api/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The user's workspaces */
        get: operations["get_api_workspaces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename the workspace */
        patch: operations["patch_api_workspaces_current"];
        trace?: never;
    };
    "/api/workspaces/current/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What questions of the workspace take for granted */
        get: operations["get_api_workspaces_current_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change time zone, first day of the week or start of the fiscal year */
        patch: operations["patch_api_workspaces_current_settings"];
        trace?: never;
    };
    "/api/workspaces/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Members of the workspace */
        get: operations["get_api_workspaces_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a member, or leave */
        delete: operations["delete_api_workspaces_members_user_id"];
        options?: never;
        head?: never;
        /** Give a member another role */
        patch: operations["patch_api_workspaces_members_user_id"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Advice: {
            text: string;
            title: string;
        };
        /** @enum {string} */
        Aggregation: "none" | "sum" | "avg" | "count" | "count_distinct" | "min" | "max";
        /** @enum {string} */
        AnswerStatus: "answered" | "clarification" | "abstained";
        AskInput: {
            after_turn_id?: string;
            context?: components["schemas"]["Context"];
            conversation_id?: string;
            message: string;
            reading?: unknown;
        };
        AskReply: {
            choices: components["schemas"]["Choice"][];
            columns: components["schemas"]["ResultColumn"][];
            conversation_id: string;
            data: {
                [key: string]: unknown;
            }[];
            data_sources_used: string[];
            follow_ups: string[];
            follows?: string;
            generated_query?: string;
            insights: string[];
            quotes: components["schemas"]["Quote"][];
            reading?: components["schemas"]["ReadingView"];
            receipt?: components["schemas"]["Receipt"];
            response: string;
            status: components["schemas"]["AnswerStatus"];
            suggested_chart?: components["schemas"]["ChartSpec"];
            teaching?: components["schemas"]["Teaching"];
            /** Format: int64 */
            total_rows: number;
            turn_id: string;
        };
        Calendar: {
            /** Format: int64 */
            fiscal_year_start: number;
            week_start: components["schemas"]["WeekStart"];
        };
        CandidateKey: {
            columns: string[];
            /** Format: int64 */
            repeated: number;
        };
        /** @enum {string} */
        Cardinality: "one_to_one" | "many_to_one" | "one_to_many" | "many_to_many";
        /** @enum {string} */
        ChangeKind: "table_added" | "table_removed" | "column_added" | "column_removed" | "type_widened" | "type_narrowed" | "type_changed";
        ChartConfiguration: {
            /** Format: int64 */
            bins?: number;
            horizontal: boolean;
            series?: string;
            x?: string;
            x_grain?: string;
            y: string[];
            y_unit?: string;
        };
        ChartSpec: {
            alternatives: components["schemas"]["ChartType"][];
            configuration: components["schemas"]["ChartConfiguration"];
            reason: string;
            title: string;
            type: components["schemas"]["ChartType"];
        };
        /** @enum {string} */
        ChartType: "table" | "metric" | "bar" | "line" | "pie" | "scatter" | "histogram" | "stacked_bar" | "grouped_line" | "grouped_scatter";
        Chip: {
            alternatives: string[];
            key: string;
            kind: string;
            label: string;
            options: components["schemas"]["ChipOption"][];
            /** Format: int64 */
            span_end?: number;
            /** Format: int64 */
            span_start?: number;
            value: string;
        };
        ChipOption: {
            label: string;
            part: unknown;
        };
        Choice: {
            explanation: string;
            label: string;
            logical: unknown;
            preview?: string;
        };
        Column: {
            name: string;
            original_name: string;
            type: string;
        };
        ColumnChoice: {
            column: string;
            date_format?: string;
            date_order?: components["schemas"]["DateOrder"];
            decimal_mark?: string;
            missing_values?: string[];
            type?: string;
        };
        ColumnDecision: {
            chosen: boolean;
            column: string;
            evidence: string;
            original_name: string;
            /** Format: int64 */
            quarantined: number;
            type: string;
        };
        ColumnPatch: {
            default_aggregation?: components["schemas"]["Aggregation"];
            description?: string;
            display_name?: string;
            name: string;
            role?: components["schemas"]["Role"];
            semantic_type?: components["schemas"]["SemanticType"];
            synonyms?: string[];
            unit?: string;
        };
        ColumnProfile: {
            /** Format: int64 */
            distinct: number;
            distinct_is_exact: boolean;
            histogram: components["schemas"]["HistogramBin"][];
            max?: string;
            /** Format: double */
            mean?: number;
            min?: string;
            name: string;
            notes: string[];
            /** Format: double */
            null_ratio: number;
            /** Format: int64 */
            nulls: number;
            original_name: string;
            outliers?: components["schemas"]["Outliers"];
            /** Format: int64 */
            padded: number;
            /** Format: int64 */
            pattern_count: number;
            patterns: components["schemas"]["ValuePattern"][];
            quality?: components["schemas"]["Quality"];
            quantiles: number[];
            quantiles_are_exact?: boolean;
            /** Format: int64 */
            respelled: number;
            /** Format: int64 */
            rows: number;
            semantic_type: components["schemas"]["SemanticType"];
            /** Format: double */
            stddev?: number;
            time_grain?: string;
            timeline: components["schemas"]["TimePoint"][];
            top: components["schemas"]["ValueCount"][];
            type: string;
            unit?: string;
        };
        ComponentHealth: {
            detail: string;
            /** Format: double */
            latency_ms: number;
            name: string;
            status: string;
        };
        ComposedColumn: {
            grain?: string;
            measure: boolean;
            name: string;
            semantic_type: components["schemas"]["SemanticType"];
            unit?: string;
        };
        ComposeInput: {
            reading: unknown;
        };
        ComposeReply: {
            columns: components["schemas"]["ComposedColumn"][];
            implied: string[];
            joins: string[];
            links: components["schemas"]["TableLink"][];
            sentence: string;
            sql_query: string;
            tables: string[];
        };
        Context: {
            available_data_sources?: string[];
            conversation_history?: unknown[];
            user_preferences?: components["schemas"]["Preferences"];
        };
        ConversationHead: {
            created_at: string;
            id: string;
            title: string;
            /** Format: int64 */
            turns: number;
            updated_at: string;
        };
        ConversationList: {
            conversations: components["schemas"]["ConversationHead"][];
        };
        ConversationReply: {
            conversation: components["schemas"]["ConversationHead"];
            turns: components["schemas"]["TurnReply"][];
        };
        DataSourceInfo: {
            data_source_info?: components["schemas"]["Source"];
            file_info: components["schemas"]["FileInfo"];
            integration_features: string[];
            semantic_model?: components["schemas"]["Model"];
            versions: components["schemas"]["Version"][];
        };
        /** @enum {string} */
        DateOrder: "day_first" | "month_first";
        Difference: {
            breaking: boolean;
            changes: components["schemas"]["SchemaChange"][];
            /** Format: int64 */
            rows_after: number;
            /** Format: int64 */
            rows_before: number;
        };
        DuplicateRow: {
            /** Format: int64 */
            count: number;
            values: string[];
        };
        DuplicateRows: {
            examples: components["schemas"]["DuplicateRow"][];
            /** Format: int64 */
            groups: number;
            /** Format: int64 */
            rows: number;
        };
        EngineState: {
            detail: string;
            /** Format: double */
            latency_ms: number;
            name: string;
            status: string;
        };
        ErrorBody: {
            error: {
                /** @description Stable name of the kind of failure, e.g. not_found */
                code: string;
                /** @description Machine-readable parts: fields, position, row, column */
                detail: {
                    [key: string]: unknown;
                };
                /** @description What to do about it */
                hint: string;
                /** @description What was wrong, and where */
                message: string;
                /** @description Find this request in the server's log by it */
                request_id: string;
            };
        };
        ExecuteInput: {
            /** @description false: run it anew */
            cache?: boolean;
            /** @description 1 to 64 of A-Z a-z 0-9 _ -: a name to cancel the run by */
            client_run_id?: string;
            /** @description Only the tables of these sources can be read */
            data_source_ids?: string[];
            /**
             * Format: int64
             * @description Rows sent, 1 to 1,000,000; 1,000 when not given
             */
            limit?: number;
            /** @description By name; not given: the type that the statement needs there */
            parameter_types?: {
                [key: string]: components["schemas"]["ParameterType"];
            };
            /** @description Values by name; bound, never pasted */
            parameters?: {
                [key: string]: unknown;
            };
            /** @description The run belongs to the history of this saved query */
            saved_query_id?: string;
            /** @description One SELECT; {{name}} and $name are parameters */
            sql_query: string;
        };
        ExecuteReply: {
            cached: boolean;
            columns: components["schemas"]["ResultColumn"][];
            /** Format: double */
            execution_time: number;
            query_id: string;
            /** Format: int64 */
            row_count: number;
            rows: unknown[][];
            suggested_chart: components["schemas"]["ChartSpec"];
            /** Format: int64 */
            total_rows?: number;
            truncated: boolean;
        };
        ExplainedPlan: {
            advice: components["schemas"]["Advice"][];
            /** Format: double */
            execution_time?: number;
            plan: components["schemas"]["PlanNode"];
        };
        ExplainInput: {
            /** @description Only the tables of these sources can be read */
            data_source_ids?: string[];
            /** @description By name; not given: the type that the statement needs there */
            parameter_types?: {
                [key: string]: components["schemas"]["ParameterType"];
            };
            /** @description Values by name; bound, never pasted */
            parameters?: {
                [key: string]: unknown;
            };
            run?: boolean;
            /** @description One SELECT; {{name}} and $name are parameters */
            sql_query: string;
        };
        /** @enum {string} */
        ExportFormat: "csv" | "xlsx" | "json" | "parquet";
        ExportInput: {
            /** @description 1 to 64 of A-Z a-z 0-9 _ -: a name to follow and to cancel it by */
            client_run_id?: string;
            /** @description Only the tables of these sources can be read */
            data_source_ids?: string[];
            /** @description Of the download, with or without its ending; result when not given */
            file_name?: string;
            format: components["schemas"]["ExportFormat"];
            /** @description By name; not given: the type that the statement needs there */
            parameter_types?: {
                [key: string]: components["schemas"]["ParameterType"];
            };
            /** @description Values by name; bound, never pasted */
            parameters?: {
                [key: string]: unknown;
            };
            saved_query_id?: string;
            /** @description One SELECT; {{name}} and $name are parameters */
            sql_query: string;
        };
        ExportReply: {
            file: string;
        };
        FasterInput: {
            client_run_id?: string;
            /** @description Only the tables of these sources can be read */
            data_source_ids?: string[];
            /** @description By name; not given: the type that the statement needs there */
            parameter_types?: {
                [key: string]: components["schemas"]["ParameterType"];
            };
            /** @description Values by name; bound, never pasted */
            parameters?: {
                [key: string]: unknown;
            };
            /** @description One SELECT; {{name}} and $name are parameters */
            sql_query: string;
        };
        FasterReply: {
            faster?: components["schemas"]["FasterStatement"];
            reason: string;
        };
        FasterStatement: {
            changes: components["schemas"]["Advice"][];
            /** Format: int64 */
            rows_compared: number;
            /** Format: double */
            seconds_after: number;
            /** Format: double */
            seconds_before: number;
            sql_query: string;
        };
        FeatureState: {
            enabled: boolean;
            last_sync?: string;
            /** Format: int64 */
            version: number;
        };
        File: {
            created_at: string;
            error?: components["schemas"]["FileError"];
            file_metadata: {
                [key: string]: unknown;
            };
            /** Format: int64 */
            file_size: number;
            file_type: string;
            filename: string;
            id: string;
            original_filename: string;
            processing_status: components["schemas"]["FileStatus"];
            progress: components["schemas"]["FileProgress"];
            semantic_model_id?: string;
            source_id: string;
            updated_at: string;
            user_id: string;
        };
        FileError: {
            code: string;
            detail: {
                [key: string]: unknown;
            };
            hint: string;
            message: string;
        };
        FileInfo: {
            created_at: string;
            error?: components["schemas"]["FileError"];
            extracted_data: {
                [key: string]: unknown;
            };
            /** Format: int64 */
            file_size: number;
            file_type: string;
            filename: string;
            id: string;
            processing_status: components["schemas"]["FileStatus"];
            progress: components["schemas"]["FileProgress"];
        };
        FileList: {
            files: components["schemas"]["File"][];
            next_cursor?: string;
            /** Format: int64 */
            total_count: number;
        };
        FileProgress: {
            /** Format: int64 */
            bytes: number;
            /** Format: double */
            fraction: number;
            /** Format: int64 */
            rows: number;
            stage: string;
        };
        /** @enum {string} */
        FileStatus: "pending" | "processing" | "completed" | "failed";
        /** @enum {string} */
        Frequency: "hourly" | "daily" | "weekly" | "monthly";
        GoldenInput: {
            turn_id: string;
        };
        GoldenList: {
            questions: components["schemas"]["GoldenQuestion"][];
        };
        /** @enum {string} */
        GoldenOutcome: "same" | "different" | "failed";
        GoldenQuestion: {
            checked_at?: string;
            created_at: string;
            expected: components["schemas"]["GoldenResult"];
            found?: components["schemas"]["GoldenRun"];
            id: string;
            outcome?: components["schemas"]["GoldenOutcome"];
            question: string;
            sql_query: string;
            user?: string;
        };
        GoldenResult: {
            columns: components["schemas"]["ResultColumn"][];
            rows: unknown[];
            /** Format: int64 */
            total_rows: number;
            versions: {
                [key: string]: number;
            };
        };
        GoldenRun: {
            differences: string[];
            result: components["schemas"]["GoldenResult"];
        };
        HealthReport: {
            components: components["schemas"]["ComponentHealth"][];
            status: string;
        };
        HistogramBin: {
            /** Format: int64 */
            count: number;
            /** Format: double */
            from: number;
            /** Format: double */
            to: number;
        };
        Hit: {
            /** Format: double */
            matched: number;
            passage: components["schemas"]["Passage"];
            /** Format: double */
            score: number;
            /** Format: double */
            similarity?: number;
            snippet: components["schemas"]["SnippetPart"][];
            source_id: string;
            source_name: string;
        };
        Invite: {
            accepted_at?: string;
            created_at: string;
            email?: string;
            expires_at: string;
            id: string;
            role: components["schemas"]["MemberRole"];
            token?: string;
            workspace_id: string;
        };
        InviteList: {
            invites: components["schemas"]["Invite"][];
        };
        InviteToken: {
            invite_token: string;
        };
        JoinEdge: {
            inner: boolean;
            left: components["schemas"]["JoinSide"];
            multiplies: boolean;
            right: components["schemas"]["JoinSide"];
        };
        JoinPatch: {
            left: components["schemas"]["JoinSide"];
            right: components["schemas"]["JoinSide"];
        };
        JoinSide: {
            column: string;
            table: string;
        };
        LastRun: {
            created_at: string;
            /** Format: double */
            execution_time: number;
            query_id: string;
            /** Format: int64 */
            row_count?: number;
            status: components["schemas"]["RunStatus"];
        };
        LimitsChange: {
            /** Format: int64 */
            concurrent_queries?: number;
            /** Format: int64 */
            max_rows?: number;
            /** Format: int64 */
            max_seconds?: number;
            /** Format: int64 */
            memory_bytes?: number;
        };
        LimitsInForce: {
            /** Format: int64 */
            concurrent_queries: number;
            /** Format: int64 */
            max_rows: number;
            /** Format: int64 */
            max_seconds: number;
            /** Format: int64 */
            memory_bytes: number;
            most: components["schemas"]["WorkspaceLimits"];
        };
        Live: {
            status: string;
        };
        LoadPlan: {
            delimiter?: string;
            encoding?: string;
            sheets?: components["schemas"]["SheetChoice"][];
            tables?: components["schemas"]["TableChoice"][];
        };
        LoadReport: {
            /** Format: int64 */
            bytes: number;
            delimiter?: string;
            encoding?: string;
            format: string;
            header?: boolean;
            notes: string[];
            offered?: components["schemas"]["TableLoad"][];
            /** Format: int64 */
            pages?: number;
            /** Format: int64 */
            passages?: number;
            sheets: components["schemas"]["SheetLoad"][];
            tables: components["schemas"]["TableLoad"][];
        };
        LoginRequest: {
            email: string;
            password: string;
        };
        Meaning: {
            column?: string;
            metric?: string;
            reading?: unknown;
            sql_query?: string;
            table?: string;
            value?: string;
        };
        Member: {
            created_at: string;
            email: string;
            full_name: string;
            role: components["schemas"]["MemberRole"];
            user_id: string;
        };
        MemberList: {
            members: components["schemas"]["Member"][];
        };
        /** @enum {string} */
        MemberRole: "viewer" | "editor" | "admin" | "owner";
        Membership: {
            created_at: string;
            id: string;
            name: string;
            role: components["schemas"]["MemberRole"];
        };
        Metric: {
            expression: string;
            name: string;
            synonyms: string[];
            table: string;
            unit?: string;
        };
        MetricPatch: {
            expression: string;
            name: string;
            synonyms?: string[];
            table: string;
            unit?: string;
        };
        Model: {
            description?: string;
            id: string;
            name: string;
            schema_definition: components["schemas"]["SemanticModel"];
            /** Format: int64 */
            version: number;
        };
        ModelColumn: {
            default_aggregation: components["schemas"]["Aggregation"];
            description?: string;
            display_name: string;
            /** Format: int64 */
            distinct: number;
            examples: string[];
            name: string;
            original_name: string;
            role: components["schemas"]["Role"];
            semantic_type: components["schemas"]["SemanticType"];
            synonyms: string[];
            type: string;
            unit?: string;
            value_synonyms: components["schemas"]["ValueSynonym"][];
        };
        ModelDetail: {
            created_at: string;
            description?: string;
            edited: boolean;
            id: string;
            name: string;
            schema_definition: components["schemas"]["SemanticModel"];
            source_id: string;
            source_name: string;
            updated_at: string;
            /** Format: int64 */
            version: number;
        };
        ModelHistory: {
            versions: components["schemas"]["ModelVersion"][];
        };
        ModelJoin: {
            cardinality: components["schemas"]["Cardinality"];
            left: components["schemas"]["JoinSide"];
            /** Format: double */
            match_ratio: number;
            /** Format: int64 */
            orphans: number;
            right: components["schemas"]["JoinSide"];
        };
        ModelList: {
            models: components["schemas"]["ModelDetail"][];
            /** Format: int64 */
            total_count: number;
        };
        ModelTable: {
            columns: components["schemas"]["ModelColumn"][];
            description?: string;
            display_name: string;
            keys: string[];
            name: string;
            /** Format: int64 */
            rows: number;
            source_id: string;
            synonyms: string[];
            time_column?: string;
        };
        ModelVersion: {
            created_at: string;
            description?: string;
            name: string;
            note: string;
            schema_definition: components["schemas"]["SemanticModel"];
            user?: string;
            /** Format: int64 */
            version: number;
        };
        NewInvite: {
            /** @description Only this address may use it; none: whoever has the link */
            email?: string;
            /** @description viewer, editor (when not given) or admin */
            role?: components["schemas"]["MemberRole"];
        };
        Notification: {
            created_at: string;
            data: {
                [key: string]: unknown;
            };
            feature?: string;
            id: string;
            message: string;
            read: boolean;
            title: string;
            type: string;
        };
        NotificationsReply: {
            next_cursor?: string;
            notifications: components["schemas"]["Notification"][];
            /** Format: int64 */
            unread_count: number;
        };
        NumberTrace: {
            column?: string;
            derivation?: string;
            /** Format: int64 */
            row?: number;
            text: string;
        };
        Outliers: {
            /** Format: double */
            from: number;
            /** Format: int64 */
            high: number;
            /** Format: int64 */
            low: number;
            /** Format: double */
            to: number;
        };
        ParameterDefinition: {
            choices?: unknown[];
            default_value?: unknown;
            label?: string;
            name: string;
            type: components["schemas"]["ParameterType"];
        };
        /** @enum {string} */
        ParameterType: "text" | "integer" | "number" | "boolean" | "date" | "timestamp" | "text_list" | "integer_list" | "number_list";
        Passage: {
            heading: string;
            kind: string;
            /** Format: int64 */
            ordinal: number;
            /** Format: int64 */
            page?: number;
            position: {
                [key: string]: unknown;
            };
            text: string;
        };
        PassagePage: {
            /** Format: int64 */
            next_after?: number;
            passages: components["schemas"]["Passage"][];
            /** Format: int64 */
            total_count: number;
        };
        PasswordChange: {
            current_password: string;
            new_password: string;
        };
        PlanNode: {
            children: components["schemas"]["PlanNode"][];
            details: {
                [key: string]: string;
            };
            /** Format: int64 */
            estimated_rows?: number;
            operator_name: string;
            /** Format: int64 */
            rows?: number;
            /** Format: double */
            seconds?: number;
            /** Format: double */
            share?: number;
            title: string;
        };
        PlanReply: {
            file_name_column: boolean;
            files: components["schemas"]["RecipeFile"][];
            plan: components["schemas"]["LoadPlan"];
            report: components["schemas"]["LoadReport"];
            step_reports: components["schemas"]["StepReport"][];
            steps: components["schemas"]["Step"][];
            /** Format: int64 */
            version: number;
        };
        Preferences: {
            chart?: string;
            detail?: string;
            locale?: string;
            time_zone?: string;
        };
        Preview: {
            columns: components["schemas"]["ResultColumn"][];
            rows: unknown[][];
        };
        Problem: {
            /** Format: int64 */
            from?: number;
            hint: string;
            message: string;
            /** Format: int64 */
            position?: number;
            saved_query?: string;
            /** Format: int64 */
            to?: number;
        };
        ProfileChange: {
            full_name?: string;
        };
        Quality: {
            reasons: components["schemas"]["QualityReason"][];
            /** Format: double */
            score: number;
        };
        QualityReason: {
            /** Format: double */
            cost: number;
            words: string;
        };
        QuarantineCount: {
            column?: string;
            /** Format: int64 */
            count: number;
            reason: string;
            table: string;
        };
        QuarantinedCell: {
            column?: string;
            file?: string;
            raw: string;
            reason: string;
            /** Format: int64 */
            row: number;
        };
        QuarantinePage: {
            cells: components["schemas"]["QuarantinedCell"][];
            counts: components["schemas"]["QuarantineCount"][];
            /** Format: int64 */
            total_count: number;
        };
        QueryFields: {
            chart?: unknown;
            description?: string;
            folder?: string;
            name?: string;
            parameter_definitions?: components["schemas"]["ParameterDefinition"][];
            reading?: unknown;
            reference?: string;
            shared?: boolean;
            sql_query?: string;
            tags?: string[];
            /** Format: int64 */
            version?: number;
        };
        QueryVersion: {
            chart?: unknown;
            created_at: string;
            parameter_definitions: components["schemas"]["ParameterDefinition"][];
            reading?: unknown;
            sql_query: string;
            user_id?: string;
            /** Format: int64 */
            version: number;
        };
        Quote: {
            heading: string;
            /** Format: int64 */
            ordinal: number;
            /** Format: int64 */
            page?: number;
            snippet: components["schemas"]["SnippetPart"][];
            source_id: string;
            source_name: string;
        };
        RawPage: {
            columns: string[];
            /** Format: int64 */
            offset: number;
            rows: unknown[];
            table: string;
            /** Format: int64 */
            total_rows: number;
        };
        ReadingView: {
            chips: components["schemas"]["Chip"][];
            logical: unknown;
            sentence: string;
        };
        ReadInput: {
            ids?: string[];
        };
        Receipt: {
            /** Format: double */
            confidence: number;
            /** Format: double */
            elapsed_ms: number;
            engine: string;
            filters: string[];
            joins: string[];
            /** Format: double */
            next_confidence?: number;
            numbers: components["schemas"]["NumberTrace"][];
            /** Format: double */
            reading_ms: number;
            remembered: string[];
            /** Format: int64 */
            rows_in: number;
            /** Format: int64 */
            rows_matched?: number;
            /** Format: int64 */
            rows_out: number;
            sql: string;
            tables: components["schemas"]["ReceiptTable"][];
        };
        ReceiptTable: {
            /** Format: int64 */
            rows: number;
            source_id: string;
            table: string;
            /** Format: int64 */
            version: number;
        };
        RecipeFile: {
            /** Format: int64 */
            bytes: number;
            file_id: string;
            filename: string;
            path: string;
        };
        RecogniseInput: {
            sql_query: string;
        };
        RecogniseReply: {
            expressible: boolean;
            hint: string;
            notes: string[];
            /** Format: int64 */
            position?: number;
            reading?: unknown;
            reason: string;
            sentence: string;
        };
        RefreshRequest: {
            refresh_token: string;
        };
        ResultColumn: {
            name: string;
            type: string;
        };
        /** @enum {string} */
        Role: "measure" | "dimension" | "time" | "identifier" | "text";
        Run: {
            cached: boolean;
            created_at: string;
            error_message?: string;
            /** Format: double */
            execution_time: number;
            parameters: {
                [key: string]: unknown;
            };
            preview?: components["schemas"]["Preview"];
            query_id: string;
            /** Format: int64 */
            row_count?: number;
            saved_query_id?: string;
            /** Format: int64 */
            saved_version?: number;
            sql_query: string;
            started_by: components["schemas"]["StartedBy"];
            status: components["schemas"]["RunStatus"];
            user_id?: string;
            versions_read: {
                [key: string]: number;
            };
        };
        RunningList: {
            runs: components["schemas"]["RunningQuery"][];
        };
        RunningQuery: {
            /** Format: int64 */
            bytes: number;
            client_run_id?: string;
            /** Format: double */
            fraction: number;
            query_id: string;
            /** Format: int64 */
            queue_position?: number;
            /** Format: int64 */
            rows: number;
            saved_query_id?: string;
            sql_query: string;
            started_at: string;
            state: components["schemas"]["RunState"];
        };
        RunPage: {
            next_cursor?: string;
            runs: components["schemas"]["Run"][];
        };
        /** @enum {string} */
        RunState: "queued" | "running";
        /** @enum {string} */
        RunStatus: "completed" | "failed" | "cancelled";
        SavedQuery: {
            chart?: unknown;
            created_at: string;
            deleted_at?: string;
            description: string;
            folder: string;
            id: string;
            last_run?: components["schemas"]["LastRun"];
            name: string;
            owned: boolean;
            parameter_definitions: components["schemas"]["ParameterDefinition"][];
            reading?: unknown;
            reference: string;
            shared: boolean;
            sql_query: string;
            tags: string[];
            updated_at: string;
            user_id?: string;
            /** Format: int64 */
            version: number;
        };
        SavedQueryPage: {
            folders: string[];
            next_cursor?: string;
            queries: components["schemas"]["SavedQuery"][];
            tags: string[];
            /** Format: int64 */
            total_count: number;
        };
        Schedule: {
            /** Format: int64 */
            day: number;
            enabled: boolean;
            frequency: components["schemas"]["Frequency"];
            /** Format: int64 */
            hour: number;
            last_run_at?: string;
            /** Format: int64 */
            minute: number;
            next_run_at: string;
            parameters: {
                [key: string]: unknown;
            };
            user_id: string;
            /** Format: int64 */
            weekday: number;
        };
        SchemaChange: {
            after?: string;
            before?: string;
            column?: string;
            kind: components["schemas"]["ChangeKind"];
            table: string;
        };
        SchemaPatch: {
            joins?: components["schemas"]["JoinPatch"][];
            metrics?: components["schemas"]["MetricPatch"][];
            tables?: components["schemas"]["TablePatch"][];
        };
        SearchReply: {
            note?: string;
            passages: components["schemas"]["Hit"][];
            query: string;
        };
        SemanticModel: {
            calendar: components["schemas"]["Calendar"];
            joins: components["schemas"]["ModelJoin"][];
            metrics: components["schemas"]["Metric"][];
            tables: components["schemas"]["ModelTable"][];
        };
        /** @enum {string} */
        SemanticType: "amount" | "quantity" | "price" | "share" | "measure" | "identifier" | "code" | "category" | "boolean" | "date" | "timestamp" | "year" | "month" | "country" | "region" | "city" | "latitude" | "longitude" | "person" | "name" | "email" | "phone" | "url" | "text" | "json" | "unknown";
        Session: {
            access_token: string;
            /** Format: int64 */
            expires_in: number;
            refresh_token: string;
            token_type: string;
            user: components["schemas"]["User"];
        };
        SettingsInput: {
            /**
             * Format: int64
             * @description Month 1 … 12; fiscal year 2026 is the one that ends in 2026
             */
            fiscal_year_start?: number;
            /** @description IANA name such as Europe/Berlin; "": that of whoever asks */
            time_zone?: string;
            week_start?: components["schemas"]["WeekStart"];
        };
        SheetChoice: {
            load?: boolean;
            ranges?: string[];
            sheet: string;
        };
        SheetLoad: {
            ranges: string[];
            sheet: string;
            state: components["schemas"]["SheetState"];
        };
        /** @enum {string} */
        SheetState: "loaded" | "off" | "hidden" | "empty" | "chart" | "macro";
        SignupRequest: {
            /** @description Address to log in with */
            email: string;
            full_name: string;
            /** @description Joins the workspace of this invitation instead of making one */
            invite_token?: string;
            /** @description At least 8 characters */
            password: string;
        };
        SnippetPart: {
            match: boolean;
            text: string;
        };
        Source: {
            created_at: string;
            data_type: string;
            feature_integrations: {
                [key: string]: components["schemas"]["FeatureState"];
            };
            /** Format: int64 */
            rows: number;
            schema: components["schemas"]["SourceSchema"];
            semantic_model_id?: string;
            sentence: string;
            source_id: string;
            source_name: string;
            source_type: string;
            status: string;
            suggested_questions: string[];
            updated_at: string;
            /** Format: int64 */
            version: number;
        };
        SourceSchema: {
            tables: components["schemas"]["Table"][];
        };
        SourcesReply: {
            available_features: string[];
            sources: components["schemas"]["Source"][];
            /** Format: int64 */
            total_count: number;
        };
        /** @enum {string} */
        StartedBy: "person" | "schedule";
        StatementInput: {
            /** @description Only the tables of these sources can be read */
            data_source_ids?: string[];
            /** @description By name; not given: the type that the statement needs there */
            parameter_types?: {
                [key: string]: components["schemas"]["ParameterType"];
            };
            /** @description Values by name; bound, never pasted */
            parameters?: {
                [key: string]: unknown;
            };
            /** @description One SELECT; {{name}} and $name are parameters */
            sql_query: string;
        };
        Step: {
            column?: string;
            columns?: string[];
            expression?: string;
            find?: string;
            kind: components["schemas"]["StepKind"];
            name?: string;
            names?: string[];
            previous?: boolean;
            replacement?: string;
            separator?: string;
            table: string;
            value?: string;
            value_name?: string;
            whole_cell?: boolean;
        };
        /** @enum {string} */
        StepKind: "rename" | "hide" | "split" | "trim" | "replace" | "fill" | "remove_duplicates" | "unpivot" | "compute";
        StepReport: {
            /** Format: int64 */
            rows: number;
            /** Format: int64 */
            rows_removed: number;
        };
        StuckFile: {
            file_id: string;
            filename: string;
            since: string;
            stage: string;
        };
        StuckReply: {
            /** Format: int64 */
            count: number;
            files: components["schemas"]["StuckFile"][];
        };
        Suggestion: {
            kind: components["schemas"]["SuggestionKind"];
            question: string;
            reason: string;
            sql_query: string;
        };
        /** @enum {string} */
        SuggestionKind: "question" | "next" | "fix";
        SuggestionsInput: {
            /** @description Only for these sources */
            data_source_ids?: string[];
            /** @description true: the statement has an error and is to be corrected */
            failed?: boolean;
            /**
             * Format: int64
             * @description 1 to 20; 6 when not given
             */
            limit?: number;
            /** @description The statement on the page: what to ask next */
            sql_query?: string;
        };
        SuggestionsReply: {
            suggestions: components["schemas"]["Suggestion"][];
        };
        SyncInput: {
            feature?: string;
            source_id?: string;
        };
        SyncReply: {
            /** Format: int64 */
            sources: number;
            /** Format: int64 */
            started: number;
            states: components["schemas"]["SyncState"][];
            /** Format: int64 */
            up_to_date: number;
        };
        SyncState: {
            features: {
                [key: string]: components["schemas"]["FeatureState"];
            };
            source_id: string;
            up_to_date: boolean;
        };
        Table: {
            columns: components["schemas"]["Column"][];
            name: string;
            /** Format: int64 */
            rows: number;
            stored_name: string;
            title: string;
        };
        TableChoice: {
            columns?: components["schemas"]["ColumnChoice"][];
            /** Format: int64 */
            header_row?: number;
            /** Format: int64 */
            header_rows?: number;
            key: string;
        };
        TableLink: {
            path: components["schemas"]["JoinEdge"][];
            table: string;
            ways: components["schemas"]["JoinEdge"][][];
        };
        TableLoad: {
            decisions: components["schemas"]["ColumnDecision"][];
            /** Format: int64 */
            header_row?: number;
            /** Format: int64 */
            header_rows?: number;
            key: string;
            origin?: components["schemas"]["TableOrigin"];
            /** Format: int64 */
            quarantined: number;
            range?: string;
            /** Format: int64 */
            rows: number;
            samples: components["schemas"]["QuarantinedCell"][];
            table: string;
        };
        TableOrigin: {
            /** Format: double */
            confidence: number;
            /** Format: double */
            height?: number;
            included: boolean;
            /** Format: int64 */
            last_page?: number;
            /** Format: int64 */
            number: number;
            /** Format: int64 */
            page?: number;
            preview: string[][];
            /** Format: double */
            width?: number;
            /** Format: double */
            x?: number;
            /** Format: double */
            y?: number;
        };
        TablePatch: {
            columns?: components["schemas"]["ColumnPatch"][];
            description?: string;
            display_name?: string;
            name: string;
            synonyms?: string[];
            time_column?: string;
        };
        TableProfile: {
            columns: components["schemas"]["ColumnProfile"][];
            duplicates: components["schemas"]["DuplicateRows"];
            keys: components["schemas"]["CandidateKey"][];
            quality?: components["schemas"]["Quality"];
            /** Format: int64 */
            rows: number;
            sentence: string;
            table: string;
        };
        Teaching: {
            kind: components["schemas"]["TeachingKind"];
            meaning: components["schemas"]["Meaning"];
            phrase: string;
            words: string;
        };
        TeachingDetail: {
            created_at: string;
            id: string;
            kind: components["schemas"]["TeachingKind"];
            meaning: components["schemas"]["Meaning"];
            origin: components["schemas"]["TeachingOrigin"];
            phrase: string;
            user?: string;
            words: string;
        };
        TeachingInput: {
            /** @description term: a word wherever it occurs; question: a whole question */
            kind: components["schemas"]["TeachingKind"];
            /** @description Of a term: table, column of it, value of that column, or metric; of a question: reading or sql_query */
            meaning: components["schemas"]["Meaning"];
            /** @description The word, or the question */
            phrase: string;
        };
        /** @enum {string} */
        TeachingKind: "term" | "question";
        TeachingList: {
            teachings: components["schemas"]["TeachingDetail"][];
        };
        /** @enum {string} */
        TeachingOrigin: "conversation" | "choice" | "page";
        TestInput: {
            message: string;
        };
        TestReply: {
            engines: components["schemas"]["EngineState"][];
            response: string;
        };
        Ticket: {
            /** Format: int64 */
            expires_in: number;
            ticket: string;
        };
        TimePoint: {
            /** Format: int64 */
            count: number;
            t: string;
        };
        TurnReply: {
            answer: components["schemas"]["AskReply"];
            created_at: string;
            id: string;
            question: string;
        };
        UploadedFile: {
            file_id: string;
            filename: string;
            integration_enabled: boolean;
            message: string;
            status: string;
        };
        UploadReply: {
            file_id?: string;
            filename?: string;
            files: components["schemas"]["UploadedFile"][];
            integration_enabled?: boolean;
            message?: string;
            status?: string;
        };
        User: {
            created_at: string;
            email: string;
            full_name: string;
            id: string;
            is_active: boolean;
            owns_install: boolean;
            updated_at: string;
            workspace_id: string;
            workspaces: components["schemas"]["Membership"][];
        };
        Validation: {
            columns: components["schemas"]["ResultColumn"][];
            parameters: components["schemas"]["ResultColumn"][];
            problems: components["schemas"]["Problem"][];
            saved_queries: string[];
            sentences: string[];
            tables: string[];
            valid: boolean;
        };
        ValueCount: {
            /** Format: int64 */
            count: number;
            value: string;
        };
        ValuePattern: {
            /** Format: int64 */
            count: number;
            example: string;
            pattern: string;
        };
        ValueSynonym: {
            synonym: string;
            value: string;
        };
        Version: {
            /** Format: int64 */
            bytes: number;
            created_at: string;
            load_report: components["schemas"]["LoadReport"];
            profiles: components["schemas"]["TableProfile"][];
            /** Format: int64 */
            rows: number;
            /** Format: int64 */
            version: number;
        };
        VersionHead: {
            /** Format: int64 */
            bytes: number;
            created_at: string;
            difference: components["schemas"]["Difference"];
            error?: components["schemas"]["FileError"];
            files: string[];
            in_use: boolean;
            note: string;
            /** Format: int64 */
            rows: number;
            status: components["schemas"]["VersionStatus"];
            user_id?: string;
            /** Format: int64 */
            version: number;
        };
        VersionList: {
            versions: components["schemas"]["QueryVersion"][];
        };
        VersionsReply: {
            versions: components["schemas"]["VersionHead"][];
        };
        /** @enum {string} */
        VersionStatus: "loading" | "staged" | "published" | "failed";
        /** @enum {string} */
        WeekStart: "monday" | "saturday" | "sunday";
        WorkspaceChange: {
            name: string;
        };
        WorkspaceChoice: {
            workspace_id: string;
        };
        WorkspaceLimits: {
            /** Format: int64 */
            concurrent_queries: number;
            /** Format: int64 */
            max_rows: number;
            /** Format: int64 */
            max_seconds: number;
            /** Format: int64 */
            memory_bytes: number;
        };
        WorkspaceList: {
            workspaces: components["schemas"]["Membership"][];
        };
        WorkspaceSettings: {
            /** Format: int64 */
            fiscal_year_start: number;
            time_zone: string;
            week_start: components["schemas"]["WeekStart"];
        };
    };
    responses: {
        /** @description Any failure */
        Error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    post_api_ai_conversation_enhanced: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskReply"];
                    "text/event-stream": unknown;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_ai_conversations: {
        parameters: {
            query?: {
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_ai_conversations_conversation_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    delete_api_ai_conversations_conversation_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    patch_api_ai_conversations_conversation_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationHead"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_ai_golden: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GoldenList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_ai_golden: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GoldenInput"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GoldenQuestion"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    delete_api_ai_golden_golden_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                golden_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_ai_golden_golden_id_accept: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                golden_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GoldenQuestion"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_ai_golden_run: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GoldenList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_ai_query_suggestions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SuggestionsInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuggestionsReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_ai_teachings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeachingList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_ai_teachings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeachingInput"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeachingDetail"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    delete_api_ai_teachings_teaching_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                teaching_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_ai_test: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_auth_accept_invite: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InviteToken"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_auth_invites: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InviteList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_auth_invites: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewInvite"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invite"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    delete_api_auth_invites_invite_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invite_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_auth_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_auth_logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_auth_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    patch_api_auth_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ProfileChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_auth_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_auth_refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_auth_signup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignupRequest"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_auth_workspace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkspaceChoice"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_files: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_files_file_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    delete_api_files_file_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_files_file_id_data_source_info: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataSourceInfo"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_files_file_id_passages: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
                page?: number;
            };
            header?: never;
            path: {
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PassagePage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_files_file_id_retry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_files_reset_stuck: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StuckReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_files_reset_stuck: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StuckReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_files_sample: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_files_sync_features: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SyncInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_files_upload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    file: string[];
                };
            };
        };
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_health_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Live"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_health_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthReport"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_integration_data_sources: {
        parameters: {
            query?: {
                feature?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourcesReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_integration_notifications: {
        parameters: {
            query?: {
                cursor?: string;
                unread?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationsReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_integration_notifications_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReadInput"];
            };
        };
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_integration_search: {
        parameters: {
            query: {
                limit?: number;
                q: string;
                source_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_integration_sync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SyncInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_models: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_models_model_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelDetail"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    patch_api_models_model_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    description?: string;
                    name?: string;
                    /** @description Only what is given changes. Tables and columns are found by name; synonyms, joins and metrics replace the whole list; "" clears a description, unit or time column */
                    schema_definition?: components["schemas"]["SchemaPatch"];
                    /**
                     * Format: int64
                     * @description Of the model that was edited; when it is not the newest, 409
                     */
                    version?: number;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelDetail"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_models_model_id_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelHistory"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_models_model_id_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: int64 */
                    version: number;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelDetail"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description With the folders below it */
                folder?: string;
                /** @description 1 to 500; 100 when not given */
                limit?: number;
                /** @description Part of the name, description or SQL, without regard to case */
                search?: string;
                tag?: string;
                /** @description true: the deleted ones instead */
                trash?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQueryPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["QueryFields"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuery"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_query_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuery"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    delete_api_queries_query_id: {
        parameters: {
            query?: {
                permanently?: boolean;
            };
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    patch_api_queries_query_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    chart?: unknown;
                    description?: string;
                    folder?: string;
                    name?: string;
                    parameter_definitions?: components["schemas"]["ParameterDefinition"][];
                    reading?: unknown;
                    reference?: string;
                    shared?: boolean;
                    sql_query?: string;
                    tags?: string[];
                    /** Format: int64 */
                    version?: number;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuery"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_query_id_duplicate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuery"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_query_id_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuery"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_query_id_rows: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
            };
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecuteReply"];
                    "text/event-stream": unknown;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_query_id_runs: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_query_id_schedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    put_api_queries_query_id_schedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: int64 */
                    day?: number;
                    enabled?: boolean;
                    frequency: components["schemas"]["Frequency"];
                    /** Format: int64 */
                    hour?: number;
                    /** Format: int64 */
                    minute: number;
                    parameters?: {
                        [key: string]: unknown;
                    };
                    /** Format: int64 */
                    weekday?: number;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    delete_api_queries_query_id_schedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_query_id_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_query_id_versions_version_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedQuery"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_download: {
        parameters: {
            query: {
                ticket: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportReply"];
                    "text/event-stream": unknown;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_execute_enhanced: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExecuteInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecuteReply"];
                    "text/event-stream": unknown;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_explain: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExplainInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainedPlan"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportReply"];
                    "text/event-stream": unknown;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_export_ticket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportInput"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_faster: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FasterInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FasterReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_from_reading: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ComposeInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComposeReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_history: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description 1 to 500; 50 when not given */
                limit?: number;
                saved_query_id?: string;
                /** @description Part of the SQL, without regard to case */
                search?: string;
                /** @description RFC 3339; runs from then on */
                since?: string;
                status?: components["schemas"]["RunStatus"];
                /** @description RFC 3339; runs before then */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_history_run_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_limits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LimitsInForce"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    put_api_queries_limits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["LimitsChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LimitsInForce"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_queries_running: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunningList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_running_run_id_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_to_reading: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecogniseInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecogniseReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_queries_validate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatementInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Validation"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_realtime_ticket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_sources_source_id_plan: {
        parameters: {
            query?: {
                version?: number;
            };
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    put_api_sources_source_id_plan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    confirm?: boolean;
                    plan: components["schemas"]["LoadPlan"];
                };
            };
        };
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionHead"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_sources_source_id_quarantine: {
        parameters: {
            query?: {
                column?: string;
                limit?: number;
                offset?: number;
                table?: string;
                version?: number;
            };
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuarantinePage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_sources_source_id_raw: {
        parameters: {
            query?: {
                column?: string;
                limit?: number;
                offset?: number;
                table?: string;
                version?: number;
            };
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RawPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_sources_source_id_rows: {
        parameters: {
            query?: {
                column?: string;
                limit?: number;
                offset?: number;
                table?: string;
                version?: number;
            };
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RawPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    put_api_sources_source_id_steps: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    preview?: boolean;
                    steps: components["schemas"]["Step"][];
                };
            };
        };
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionHead"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_sources_source_id_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionsReply"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    delete_api_sources_source_id_versions_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_sources_source_id_versions_version_publish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionHead"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_sources_source_id_versions_version_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionHead"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    post_api_uploads: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_uploads_upload_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    delete_api_uploads_upload_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    patch_api_uploads_upload_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_workspaces: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    patch_api_workspaces_current: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkspaceChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_workspaces_current_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceSettings"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    patch_api_workspaces_current_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SettingsInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceSettings"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    get_api_workspaces_members: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    delete_api_workspaces_members_user_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    patch_api_workspaces_members_user_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    role: components["schemas"]["MemberRole"];
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
}
