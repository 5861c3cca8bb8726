// Made from docs/openapi.json by `npm run openapi`.
export interface paths {
    readonly "/v1/accounts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The accounts of the platform, by name; for auditors, who find here what to read, and for operators. */
        readonly get: operations["Accounts.list"];
        readonly put?: never;
        /** Registers a company on the platform. */
        readonly post: operations["Accounts.register"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/accounts/me": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The account of the caller, and who the caller is in it. */
        readonly get: operations["Accounts.me"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /** Changes an account's name or company details. */
        readonly patch: operations["Accounts.change"];
        readonly trace?: never;
    };
    readonly "/v1/connections": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The connections of the account, the newest first. */
        readonly get: operations["Connections.list"];
        readonly put?: never;
        /** Creates a connection and answers with its one-time token. */
        readonly post: operations["Connections.create"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/connections/authenticate": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Completes a connection with the one-time token of its other side. */
        readonly post: operations["Connections.authenticate"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/connections/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A connection, as the caller reads it. */
        readonly get: operations["Connections.get"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/connections/{id}/rename": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Changes the account's own label of a connection. */
        readonly post: operations["Connections.rename"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/connections/{id}/reissue": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Replaces the one-time token of a connection that waits for its other side. */
        readonly post: operations["Connections.reissue"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/connections/{id}/cancel": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Withdraws a connection that waits for its other side. */
        readonly post: operations["Connections.cancel"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/connections/{id}/end": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Ends a connection, and revokes what may still be revoked if asked to. */
        readonly post: operations["Connections.end"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/customers": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The customers of the account, by name. */
        readonly get: operations["Customers.list"];
        readonly put?: never;
        /** Adds a customer to the account's catalogue. */
        readonly post: operations["Customers.add"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/customers/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One customer of the account. */
        readonly get: operations["Customers.get"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /** Changes a customer; null clears a field. */
        readonly patch: operations["Customers.change"];
        readonly trace?: never;
    };
    readonly "/v1/locations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The locations of the account, by name. */
        readonly get: operations["Locations.list"];
        readonly put?: never;
        /** Adds a location to a customer. */
        readonly post: operations["Locations.add"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/locations/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One location of the account. */
        readonly get: operations["Locations.get"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /** Changes a location; null clears a field. */
        readonly patch: operations["Locations.change"];
        readonly trace?: never;
    };
    readonly "/v1/buildings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The buildings of the account, by name. */
        readonly get: operations["Buildings.list"];
        readonly put?: never;
        /** Adds a building to a location. */
        readonly post: operations["Buildings.add"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/buildings/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One building of the account. */
        readonly get: operations["Buildings.get"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /** Changes a building; null clears a field. */
        readonly patch: operations["Buildings.change"];
        readonly trace?: never;
    };
    readonly "/v1/installations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The installations the account has, or had, access to, by its own references. */
        readonly get: operations["Installations.list"];
        readonly put?: never;
        /** Registers an installation in a building, or else on a location. */
        readonly post: operations["Installations.register"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/installations/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** An installation as the caller keeps it; after a withdrawal as it was then. */
        readonly get: operations["Installations.get"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /** Changes an installation for every account with access, and where the account itself keeps it. */
        readonly patch: operations["Installations.change"];
        readonly trace?: never;
    };
    readonly "/v1/installations/{id}/archive": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Archives an installation in the account's own catalogue. */
        readonly post: operations["Installations.archive"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/installations/{id}/restore": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Takes an installation out of the account's own archive. */
        readonly post: operations["Installations.restore"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/installations/{id}/activities": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The logbook, the latest work first; with documents, only work orders and what a file is attached to. */
        readonly get: operations["Installations.activities"];
        readonly put?: never;
        /** Adds an activity to a logbook. */
        readonly post: operations["Installations.addActivity"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/installations/{id}/activities/{activityId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Removes one of the account's own activities. */
        readonly delete: operations["Installations.removeActivity"];
        readonly options?: never;
        readonly head?: never;
        /** Changes one of the account's own activities. */
        readonly patch: operations["Installations.changeActivity"];
        readonly trace?: never;
    };
    readonly "/v1/installations/{id}/grants": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The grants the account gave or holds. */
        readonly get: operations["Installations.grants"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/installations/{id}/grants/{grantId}/revoke": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Revokes one grant on one installation. */
        readonly post: operations["Installations.revokeGrant"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/installations/{id}/grants/{grantId}/return": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Gives access to an installation back. */
        readonly post: operations["Installations.returnAccess"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/catalogue/imports": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The imports of the account, the newest first. */
        readonly get: operations["Imports.list"];
        readonly put?: never;
        /**
         * Takes a catalogue file in; the same file twice adds nothing.
         * @description One installation a row, or a line; * is required: customer_number, customer_name*, vat_number, customer_street, customer_postal_code, customer_city, country, location_name*, location_street*, location_postal_code, location_city*, building, reference*, customer_reference, serial_number, brand, model, type, refrigerant, charge_kg, capacity_kw, hermetically_sealed, commissioned_on. CSV is UTF-8 with commas, semicolons or tabs. An installation that is there with other values is an error, or with `existing=update` takes over those given. With `dryRun=true` nothing is stored.
         */
        readonly post: operations["Imports.receive"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/catalogue/imports/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The progress of an import, and every rejected row. */
        readonly get: operations["Imports.get"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/catalogue/imports/{id}/errors": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The rejected rows, each with the reason, to be corrected and sent again. */
        readonly get: operations["Imports.failedRows"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shares": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The shares of the account, the last changed first. */
        readonly get: operations["Shares.list"];
        readonly put?: never;
        /** Requests a share over a connection. */
        readonly post: operations["Shares.request"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shares/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A share, as the caller reads it. */
        readonly get: operations["Shares.get"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shares/{id}/preview": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** What approving would share, and what it would leave out and why; nothing is stored. */
        readonly post: operations["Shares.preview"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shares/{id}/approve": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Approves a request with what is shared and on which terms. */
        readonly post: operations["Shares.approve"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shares/{id}/extend": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Lets a share that was approved until a date end later. */
        readonly post: operations["Shares.extend"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shares/{id}/reject": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Rejects a request. */
        readonly post: operations["Shares.reject"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shares/{id}/cancel": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Withdraws a request that was not evaluated yet. */
        readonly post: operations["Shares.cancel"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shares/{id}/package": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The installations of the package, as far as its level allows. */
        readonly get: operations["Shares.package"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shares/{id}/package/left-out": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What of the selection is not in the package, and why; for the provider. */
        readonly get: operations["Shares.leftOut"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shares/{id}/documents": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The work orders and files that the requester added to the logbooks of the installations while it had access through the share, the latest first. */
        readonly get: operations["Shares.documents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shares/{id}/plan": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What to link and what to create, for the requester to accept or edit. Where an installation is the machine of another record of its own (`two-records-of-one-machine`), both stand side by side until one is archived, unless the step says that this one `replaces` that `match`. */
        readonly get: operations["Shares.plan"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shares/{id}/process": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Confirms a step: what becomes of a part of the package. A record of one’s own that an installation `replaces` is archived once the installation is placed. */
        readonly post: operations["Shares.process"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shares/{id}/finish": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Declines what is left of the package. */
        readonly post: operations["Shares.finish"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shares/{id}/revocation-preview": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** What revoking would do, for everyone; nothing is stored. */
        readonly post: operations["Shares.previewRevocation"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shares/{id}/revoke": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Revokes a share, or the installations named of it. */
        readonly post: operations["Shares.revoke"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/inbox": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The notifications of the account, the newest first. */
        readonly get: operations["Inbox.list"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/inbox/read-all": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Marks all notifications as read. */
        readonly post: operations["Inbox.readAll"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/inbox/{id}/read": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Marks a notification as read. */
        readonly post: operations["Inbox.read"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/dashboard": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Counts by status and role, what waits, what closes soon, and what happened day by day. */
        readonly get: operations["Dashboard.get"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/access/check": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** May these accounts do this with these installations now, and why? */
        readonly post: operations["Access.check"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/access/installations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What an account has access to, as far as the caller may know. */
        readonly get: operations["Access.installations"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/access/accounts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who has access to an installation, as far as the caller may know. */
        readonly get: operations["Access.accounts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/access/given": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Access of others that the caller gave, directly or through others: live now, or as of a moment; to an account, of a customer, on an installation. */
        readonly get: operations["Access.given"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/access/given/accounts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The accounts that have access the caller gave, directly or through others, each to how many installations: now, or at the end of a day (UTC). */
        readonly get: operations["Access.givenTo"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/access/given/customers": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The customers of the caller to whose installations others have access that it gave, each with how many: now, or at the end of a day (UTC). */
        readonly get: operations["Access.givenOf"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/commands": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Every command there is, with the schema of its data. */
        readonly get: operations["Commands.list"];
        readonly put?: never;
        /** Sends any command, by the same rules as its resource. */
        readonly post: operations["Commands.send"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/audit/shares/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What happened to a share, in order; with asOf what had happened then, and the state it had come to; with from, and to, what happened in between, and what differs. */
        readonly get: operations["Audit.share"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/audit/connections/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What happened to a connection, in order; with asOf what had happened then, and the state it had come to; with from, and to, what happened in between, and what differs. */
        readonly get: operations["Audit.connection"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/audit/installations/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What happened to an installation, in order; with asOf what had happened then, and the state it had come to; with from, and to, what happened in between, and what differs. */
        readonly get: operations["Audit.installation"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/audit/accounts/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What happened to an account, in order; with asOf what had happened then, and the state it had come to; with from, and to, what happened in between, and what differs. */
        readonly get: operations["Audit.account"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/audit/stories/{event}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Everything that one request led to, in every stream, in the order in which it happened: the story that an event is part of. */
        readonly get: operations["Audit.story"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/audit/access": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who had access to an installation, or what an account had access to: at a moment, within a period, or ever; by which path, and by whose decision. */
        readonly get: operations["Audit.access"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/audit/export": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * A whole history as a file, a line for each event; for auditors also that of everything.
         * @description Names one of `share`, `connection`, `installation` and `account`; an auditor may name none. As NDJSON each line is an item of the history; as CSV it has the same in columns. With `from` and `to`, what happened after the one, up to and including the other. It is sent while it is read: an answer that breaks off is not ended as HTTP says.
         */
        readonly get: operations["Audit.export"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/audit/checkpoint": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The last checkpoint of the sealed log, as a signed note (C2SP tlog-checkpoint). */
        readonly get: operations["Audit.checkpoint"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/audit/keys": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The public keys that checkpoints are signed with, or once were. */
        readonly get: operations["Audit.keys"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/audit/proof": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Proofs of RFC 9162: that an event is in the sealed log, and that the log only grew since an earlier checkpoint. */
        readonly get: operations["Audit.proof"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/audit/evidence": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether, when and by whose decision an account had access to an installation, with everything that it takes to check that offline; for auditors. */
        readonly get: operations["Audit.evidence"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/audit/shares/{id}/report": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A share as a page to be printed: what was given, what happened and by whom, and access to each installation. */
        readonly get: operations["AuditReports.share"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/audit/installations/{id}/report": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Access to an installation as a page to be printed: who, from when to when, through what, and by whose decision. */
        readonly get: operations["AuditReports.installation"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/changes": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What happened that concerns the caller, oldest first, after a cursor.
         * @description Without `cursor` from the beginning, with `now` from here on; `nextCursor` goes on after the page, in any process and for ever. With `wait` the answer is held until there is something. Where `text/event-stream` is accepted, changes are sent as they happen: each as the data of an event whose id is the cursor after it; `Last-Event-ID` goes on there, and a comment is sent every 15 seconds. A service or an auditor that acts for no account receives everything, each change with the `accounts` it concerns; an operator, which companies there are.
         */
        readonly get: operations["Changes.tell"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The webhooks of the account, the oldest first. */
        readonly get: operations["Webhooks.list"];
        readonly put?: never;
        /** Registers a URL that changes are sent to, and answers with the secret they are signed with. */
        readonly post: operations["Webhooks.register"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A webhook of the account, without its secret. */
        readonly get: operations["Webhooks.get"];
        readonly put?: never;
        readonly post?: never;
        /** Removes a webhook with its deliveries. */
        readonly delete: operations["Webhooks.remove"];
        readonly options?: never;
        readonly head?: never;
        /** Changes, disables or enables a webhook; null clears a field. Enabled again it goes on from where it stopped. */
        readonly patch: operations["Webhooks.change"];
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{id}/rotate": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Gives a webhook another secret; both are valid for a day. */
        readonly post: operations["Webhooks.rotate"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{id}/test": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Sends a webhook a test. */
        readonly post: operations["Webhooks.test"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{id}/replay": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Sends what happened after a cursor to a webhook again. */
        readonly post: operations["Webhooks.replay"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{id}/deliveries": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The deliveries of a webhook in the last 30 days, and their results; the newest first. */
        readonly get: operations["Webhooks.deliveries"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{id}/deliveries/{deliveryId}/retry": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Attempts a delivery once more, at once. */
        readonly post: operations["Webhooks.retry"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/erasures": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The persons that the account has erased, the newest first; not who they were. */
        readonly get: operations["Erasures.list"];
        readonly put?: never;
        /** Erases a person, by the e-mail address or else the whole text that names it, from everything the account recorded. It cannot be undone. */
        readonly post: operations["Erasures.erase"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/erasures/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** An erasure of the account, and whether it is done. */
        readonly get: operations["Erasures.get"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/health/live": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether the process runs. */
        readonly get: operations["Operations.live"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/health/ready": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether both stores answer, events can be recorded, and callers can be known. */
        readonly get: operations["Operations.ready"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Metrics for Prometheus. */
        readonly get: operations["Operations.metrics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/auth/session": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How people sign in here, and who has in this browser. */
        readonly get: operations["Session.session"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly AccessHeldView: {
            readonly account: components["schemas"]["Counterparty"];
            readonly installation: string;
            readonly type: "root" | components["schemas"]["AccessType"];
            readonly via?: string;
            readonly shareId?: string;
            readonly grantId?: string;
            readonly since: components["schemas"]["Instant"];
            readonly revocableUntil?: components["schemas"]["Instant"] | "any-time";
            readonly expiresAt?: components["schemas"]["Instant"];
        };
        readonly Counterparty: {
            readonly id: string;
            readonly name: string;
            readonly kind?: components["schemas"]["AccountKind"];
        };
        /** @enum {string} */
        readonly AccountKind: "service" | "connect";
        /** @enum {string} */
        readonly AccessType: "operator" | "installation-manager" | "subcontractor" | "on-loan";
        /** Format: date-time */
        readonly Instant: string;
        readonly AccessIntervalView: {
            readonly installation: components["schemas"]["NamedInstallation"];
            readonly account: components["schemas"]["Counterparty"];
            readonly type: "root" | components["schemas"]["AccessType"];
            readonly since: components["schemas"]["Instant"];
            readonly until?: components["schemas"]["Instant"];
            /** @enum {string} */
            readonly began: "registered" | "given";
            readonly ended?: components["schemas"]["AccessEnd"];
            readonly path: readonly components["schemas"]["PathStep"][];
            readonly authorisedBy?: components["schemas"]["Authorisation"];
            readonly readableAsOf?: components["schemas"]["Instant"];
            readonly knownAsOf?: components["schemas"]["Instant"];
        };
        readonly NamedInstallation: {
            readonly id: string;
            readonly token: string;
            readonly reference?: string;
            readonly customer?: components["schemas"]["NamedCustomer"];
            readonly serialNumber?: string;
            readonly brand?: string;
            readonly model?: string;
        };
        readonly NamedCustomer: {
            readonly id: string;
            readonly name?: string;
        };
        readonly AccessEnd: {
            /** @enum {string} */
            readonly kind: "revoked" | "returned" | "cascade" | "expired";
            readonly account: components["schemas"]["Counterparty"];
            readonly shareId?: string;
            readonly grantId?: string;
            readonly reason?: string;
            readonly decidedBy?: components["schemas"]["Authorisation"];
        };
        readonly Authorisation: {
            readonly account: components["schemas"]["Counterparty"];
            readonly user?: string;
            readonly role: components["schemas"]["Role"];
            readonly service?: string;
            readonly at: components["schemas"]["Instant"];
            readonly command: string;
        };
        /** @enum {string} */
        readonly Role: "technician" | "manager" | "administrator" | "auditor" | "operator" | "service" | "system";
        readonly PathStep: {
            readonly grantId: string;
            readonly shareId: string;
            readonly giver: components["schemas"]["Counterparty"];
            readonly receiver: components["schemas"]["Counterparty"];
            readonly type: components["schemas"]["AccessType"];
            readonly at: components["schemas"]["Instant"];
            readonly until?: components["schemas"]["Instant"];
            readonly authorisedBy?: components["schemas"]["Authorisation"];
        };
        readonly AccessVerdicts: {
            readonly results: readonly components["schemas"]["AccessVerdict"][];
        };
        readonly AccessVerdict: {
            readonly allowed: boolean;
            readonly because: readonly (components["schemas"]["AccessStep"] | string)[];
        };
        readonly AccessStep: {
            readonly grantId: string;
            readonly shareId: string;
            readonly giver: string;
            readonly holder: string;
            readonly type: components["schemas"]["AccessType"];
            readonly since: components["schemas"]["Instant"];
            readonly expiresAt?: components["schemas"]["Instant"];
        };
        readonly ActivityView: {
            readonly kind: components["schemas"]["ActivityKind"];
            readonly performedOn: string;
            readonly summary: string;
            readonly performedBy?: string;
            readonly refrigerantAddedKg?: components["schemas"]["Amount"];
            readonly refrigerantRecoveredKg?: components["schemas"]["Amount"];
            readonly leakFound?: boolean;
            readonly measurements?: readonly components["schemas"]["Measurement"][];
            readonly attachment?: components["schemas"]["Attachment"];
            readonly id: string;
            readonly account: components["schemas"]["Counterparty"];
            readonly document?: components["schemas"]["WorkOrderDocument"];
            readonly addedAt: components["schemas"]["Instant"];
            readonly changedAt?: components["schemas"]["Instant"];
            readonly allowedActions: readonly components["schemas"]["ActivityAction"][];
        };
        /** @enum {string} */
        readonly ActivityKind: "work-order" | "measurement" | "operation" | "note" | "attachment";
        readonly Amount: number;
        readonly Measurement: {
            readonly name: string;
            readonly value: components["schemas"]["Amount"];
            readonly unit: string;
        };
        readonly Attachment: {
            readonly name: string;
            readonly mediaType: string;
            readonly sha256: string;
            readonly url: string;
        };
        readonly WorkOrderDocument: {
            readonly number: string;
            readonly issuedAt: components["schemas"]["Instant"];
            readonly issuedBy: components["schemas"]["CompanyDetails"];
        };
        readonly CompanyDetails: {
            readonly name: string;
            readonly vatNumber: string;
            readonly street: string;
            readonly postalCode: string;
            readonly city: string;
            readonly country: string;
            readonly certificateNumber?: string;
        };
        /** @enum {string} */
        readonly ActivityAction: "change" | "remove";
        readonly ApprovalPreview: {
            readonly receiver: components["schemas"]["Counterparty"];
            readonly counts: {
                readonly customers: number;
                readonly locations: number;
                readonly buildings: number;
                readonly installations: number;
                readonly leftOut: number;
            };
            readonly atMostUntil?: {
                readonly installations: number;
                readonly first: components["schemas"]["Instant"];
            };
            readonly customers: readonly components["schemas"]["PreviewedCustomer"][];
            readonly leftOut: readonly components["schemas"]["LeftOut"][];
            readonly terms?: components["schemas"]["ShareTerms"];
            readonly refusal?: {
                readonly code: string;
                readonly detail: string;
            };
            readonly nextPageToken?: string;
        };
        readonly PreviewedCustomer: {
            readonly id: string;
            readonly name: string;
            readonly vatNumber?: string;
            readonly address: components["schemas"]["Address"];
            readonly locations: readonly components["schemas"]["PreviewedLocation"][];
        };
        readonly Address: {
            readonly street: string;
            readonly postalCode?: string;
            readonly city: string;
            readonly country?: string;
            readonly region?: string;
        };
        readonly PreviewedLocation: {
            readonly id: string;
            readonly name: string;
            readonly address: components["schemas"]["Address"];
            readonly region?: string;
            readonly buildings: readonly components["schemas"]["PreviewedBuilding"][];
            readonly installations: readonly components["schemas"]["PreviewedInstallation"][];
        };
        readonly PreviewedBuilding: {
            readonly id: string;
            readonly name: string;
            readonly address?: components["schemas"]["Address"];
            readonly installations: readonly components["schemas"]["PreviewedInstallation"][];
        };
        readonly PreviewedInstallation: {
            readonly atMostUntil?: components["schemas"]["Instant"];
            readonly installationId: string;
            readonly token: string;
            readonly reference: string;
            readonly customerReference?: string;
            readonly properties: {
                readonly serialNumber?: string;
                readonly brand?: string;
                readonly model?: string;
                readonly type?: components["schemas"]["InstallationType"];
                readonly refrigerant?: string;
                readonly chargeKg?: components["schemas"]["Amount"];
                readonly capacityKw?: components["schemas"]["Amount"];
                readonly hermeticallySealed?: boolean;
                readonly leakDetection?: boolean;
                readonly commissionedOn?: string;
            };
        };
        /** @enum {string} */
        readonly InstallationType: "air-conditioning" | "refrigeration" | "heat-pump" | "other";
        readonly LeftOut: {
            readonly installationId: string;
            readonly code: components["schemas"]["LeftOutCode"];
        };
        readonly LeftOutCode: components["schemas"]["GrantRefusal"] | "archived";
        /** @enum {string} */
        readonly GrantRefusal: "access-type-not-givable" | "already-shared" | "requester-above" | "not-yours";
        readonly ShareTerms: {
            readonly accessType: components["schemas"]["AccessType"];
            readonly documentIdentity: components["schemas"]["DocumentIdentity"];
            readonly revocation: components["schemas"]["RevocationTerms"];
            readonly approvedAt: components["schemas"]["Instant"];
            readonly until?: components["schemas"]["Instant"];
        };
        /** @enum {string} */
        readonly DocumentIdentity: "performer" | "giver";
        readonly RevocationTerms: {
            /** @constant */
            readonly kind: "any-time";
        } | {
            /** @constant */
            readonly kind: "window";
            readonly milliseconds: number;
            /** @enum {string} */
            readonly from: "placed" | "granted";
        };
        readonly AuditHistory: {
            readonly items: readonly components["schemas"]["AuditEntry"][];
            readonly nextPageToken?: string;
            readonly total?: number;
            readonly state?: Record<string, never>;
            readonly differences?: components["schemas"]["AuditDifferences"];
        };
        readonly AuditEntry: {
            readonly id: string;
            readonly subject: components["schemas"]["AuditedThing"];
            readonly revision: number;
            readonly time: components["schemas"]["Instant"];
            readonly actor: components["schemas"]["AuditedActor"];
            readonly command: string;
            readonly cause: string;
            readonly correlation: string;
            readonly type: string;
            readonly sentence: string;
            readonly data: components["schemas"]["JsonObject"];
        };
        readonly AuditedThing: {
            readonly kind: components["schemas"]["SubjectKind"] | "pair";
            readonly id: string;
        };
        /** @description Failed to correctly infer type */
        readonly SubjectKind: unknown;
        readonly AuditedActor: {
            readonly account: components["schemas"]["Counterparty"];
            readonly user?: string;
            readonly role: components["schemas"]["Role"];
            readonly service?: string;
        };
        readonly JsonObject: {
            readonly [key: string]: components["schemas"]["Json"];
        };
        readonly Json: unknown;
        readonly AuditDifferences: {
            readonly fields: readonly components["schemas"]["FieldDifference"][];
            readonly lists: readonly components["schemas"]["ListDifference"][];
            readonly from: components["schemas"]["Instant"];
            readonly to: components["schemas"]["Instant"];
        };
        readonly FieldDifference: {
            readonly pointer: string;
            readonly before?: components["schemas"]["Json"];
            readonly after?: components["schemas"]["Json"];
        };
        readonly ListDifference: {
            readonly pointer: string;
            readonly added: components["schemas"]["SomeItems"];
            readonly changed: components["schemas"]["SomeChanges"];
            readonly removed: components["schemas"]["SomeItems"];
        };
        readonly SomeItems: {
            readonly total: number;
            readonly items: readonly components["schemas"]["Json"][];
        };
        readonly SomeChanges: {
            readonly total: number;
            readonly items: readonly components["schemas"]["ItemChange"][];
        };
        readonly ItemChange: {
            readonly before: components["schemas"]["Json"];
            readonly after: components["schemas"]["Json"];
        };
        readonly AuditStory: {
            readonly items: readonly components["schemas"]["AuditEntry"][];
            readonly nextPageToken?: string;
            readonly total?: number;
            readonly event: components["schemas"]["AuditEntry"];
            readonly causes?: readonly components["schemas"]["AuditEntry"][];
        };
        readonly BuildingView: {
            readonly id: string;
            readonly copiedFrom?: components["schemas"]["CopySource"];
            readonly revision: number;
            readonly name: string;
            readonly address?: components["schemas"]["Address"];
            readonly customerId: string;
            readonly locationId: string;
        };
        readonly CopySource: {
            readonly shareId: string;
            readonly id: string;
        };
        readonly ChangeList: {
            readonly items: readonly components["schemas"]["ChangeView"][];
            readonly nextCursor: string;
        };
        readonly ChangeView: {
            readonly id: string;
            readonly time: components["schemas"]["Instant"];
            readonly type: components["schemas"]["ChangeType"];
            readonly subject: components["schemas"]["ChangeSubject"];
            readonly actor: components["schemas"]["ChangeActor"];
            readonly sentence: string;
            readonly data: components["schemas"]["JsonObject"];
            readonly accounts?: readonly string[];
        };
        /** @enum {string} */
        readonly ChangeType: "account.registered" | "account.changed" | "connection.created" | "connection.token-reissued" | "connection.authenticated" | "connection.renamed" | "connection.cancelled" | "connection.ended" | "customer.added" | "customer.changed" | "location.added" | "location.changed" | "building.added" | "building.changed" | "installation.registered" | "installation.changed" | "installation.moved" | "installation.archived" | "installation.restored" | "installation.activity-added" | "installation.activity-changed" | "installation.activity-removed" | "installation.access-granted" | "installation.access-extended" | "installation.access-withdrawn" | "installation.access-blocked" | "share.requested" | "share.rejected" | "share.cancelled" | "share.approved" | "share.preparation-started" | "share.available" | "share.step-confirmed" | "share.items-declined" | "share.items-placed" | "share.step-imported" | "share.processed" | "share.items-withdrawn" | "share.partly-revoked" | "share.revoked" | "share.extended" | "share.expiry-announced" | "share.expired" | "inbox.notification-read" | "inbox.all-read" | "import.started" | "import.file-received" | "import.failed" | "import.batch-imported" | "import.completed" | "webhook.registered" | "webhook.changed" | "webhook.secret-rotated" | "webhook.enabled" | "webhook.disabled" | "webhook.removed";
        readonly ChangeSubject: {
            readonly kind: components["schemas"]["SubjectKind"];
            readonly id: string;
        };
        readonly ChangeActor: {
            readonly account: components["schemas"]["Counterparty"];
            readonly user?: string;
            readonly role: components["schemas"]["Role"];
            readonly service?: string;
        };
        readonly CommandDescriptions: {
            readonly items: readonly components["schemas"]["CommandDescription"][];
        };
        readonly CommandDescription: {
            readonly type: string;
            readonly description: string;
            readonly schema: components["schemas"]["ObjectSchema"];
        };
        readonly ObjectSchema: {
            readonly title?: string;
            /** @constant */
            readonly type: "object";
            readonly format?: string;
            readonly pattern?: string;
            readonly minLength?: number;
            readonly maxLength?: number;
            readonly minimum?: number;
            readonly maximum?: number;
            readonly enum?: readonly (string | boolean | null)[];
            readonly items?: components["schemas"]["Schema"];
            readonly minItems?: number;
            readonly maxItems?: number;
            /** @constant */
            readonly uniqueItems?: true;
            readonly properties: {
                readonly [key: string]: components["schemas"]["Schema"];
            };
            readonly required?: readonly string[];
            /** @constant */
            readonly additionalProperties?: false;
            readonly anyOf?: readonly components["schemas"]["Schema"][];
            readonly oneOf?: readonly components["schemas"]["Schema"][];
            readonly not?: components["schemas"]["Schema"];
            readonly dependentRequired?: {
                readonly [key: string]: readonly string[];
            };
        };
        readonly Schema: {
            readonly title?: string;
            readonly type?: string | readonly string[];
            readonly format?: string;
            readonly pattern?: string;
            readonly minLength?: number;
            readonly maxLength?: number;
            readonly minimum?: number;
            readonly maximum?: number;
            readonly enum?: readonly (string | boolean | null)[];
            readonly items?: components["schemas"]["Schema"];
            readonly minItems?: number;
            readonly maxItems?: number;
            /** @constant */
            readonly uniqueItems?: true;
            readonly properties?: {
                readonly [key: string]: components["schemas"]["Schema"];
            };
            readonly required?: readonly string[];
            /** @constant */
            readonly additionalProperties?: false;
            readonly anyOf?: readonly components["schemas"]["Schema"][];
            readonly oneOf?: readonly components["schemas"]["Schema"][];
            readonly not?: components["schemas"]["Schema"];
            readonly dependentRequired?: {
                readonly [key: string]: readonly string[];
            };
        };
        readonly CommandSent: {
            readonly id: string;
            readonly revision: number;
            readonly progress?: components["schemas"]["RevocationProgress"];
            readonly replayed: boolean;
            readonly token?: string;
            readonly secret?: string;
            readonly deliveryId?: string;
        };
        readonly RevocationProgress: {
            /** @constant */
            readonly phase: "revoking";
            readonly done: number;
            readonly of: number;
        };
        readonly ConnectionView: {
            readonly id: string;
            /** @enum {string} */
            readonly status: "pending" | "cancelled" | "active" | "ended" | "expired";
            readonly label: string;
            readonly description?: string;
            readonly counterparty?: components["schemas"]["Counterparty"];
            readonly shares: {
                readonly requester: number;
                readonly provider: number;
            };
            readonly since: components["schemas"]["Instant"];
            readonly expiresAt?: components["schemas"]["Instant"];
            readonly allowedActions: readonly components["schemas"]["ConnectionAction"][];
            readonly createdAt: components["schemas"]["Instant"];
            readonly revision: number;
        };
        /** @enum {string} */
        readonly ConnectionAction: "rename" | "reissue" | "cancel" | "end";
        readonly CustomerView: {
            readonly id: string;
            readonly copiedFrom?: components["schemas"]["CopySource"];
            readonly revision: number;
            readonly name: string;
            readonly address: components["schemas"]["Address"];
            readonly vatNumber?: string;
            readonly internalName?: string;
            readonly customerNumber?: string;
            readonly region?: string;
            readonly language?: string;
            readonly contact?: string;
            readonly labels?: readonly string[];
        };
        readonly DashboardView: {
            readonly asOf: components["schemas"]["Instant"];
            readonly unread: number;
            readonly shares: {
                readonly requester: {
                    readonly [key: string]: number;
                };
                readonly provider: {
                    readonly [key: string]: number;
                };
            };
            readonly waiting: readonly components["schemas"]["WaitingShares"][];
            readonly closingWindows: readonly components["schemas"]["ClosingWindow"][];
            readonly endingShares: readonly components["schemas"]["EndingShare"][];
            readonly installations: {
                readonly [key: string]: number;
            };
            readonly series: readonly components["schemas"]["DashboardDay"][];
            readonly answers: {
                readonly requester: components["schemas"]["AnswerTimes"];
                readonly provider: components["schemas"]["AnswerTimes"];
            };
        };
        readonly WaitingShares: {
            readonly role: components["schemas"]["ShareSide"];
            readonly status: components["schemas"]["PartyStatus"];
            readonly count: number;
            readonly oldest?: {
                readonly shareId: string;
                readonly since: components["schemas"]["Instant"];
                readonly ageMs: number;
            };
        };
        /** @enum {string} */
        readonly ShareSide: "requester" | "provider";
        readonly PartyStatus: components["schemas"]["ShareStatus"] | "to-evaluate";
        /** @enum {string} */
        readonly ShareStatus: "requested" | "rejected" | "cancelled" | "approved" | "preparing" | "available" | "processed" | "revoked" | "expired";
        readonly ClosingWindow: {
            readonly shareId: string;
            readonly name: string;
            readonly counterparty: components["schemas"]["Counterparty"];
            readonly closesAt: components["schemas"]["Instant"];
            readonly installations: number;
        };
        readonly EndingShare: {
            readonly shareId: string;
            readonly name: string;
            readonly role: components["schemas"]["ShareSide"];
            readonly counterparty: components["schemas"]["Counterparty"];
            readonly expiresAt: components["schemas"]["Instant"];
        };
        readonly DashboardDay: {
            readonly day: string;
            readonly role: components["schemas"]["ShareSide"];
            readonly milestones: {
                readonly requested?: {
                    readonly count: number;
                    readonly averageMs?: number;
                };
                readonly approved?: {
                    readonly count: number;
                    readonly averageMs?: number;
                };
                readonly rejected?: {
                    readonly count: number;
                    readonly averageMs?: number;
                };
                readonly cancelled?: {
                    readonly count: number;
                    readonly averageMs?: number;
                };
                readonly available?: {
                    readonly count: number;
                    readonly averageMs?: number;
                };
                readonly processed?: {
                    readonly count: number;
                    readonly averageMs?: number;
                };
                readonly revoked?: {
                    readonly count: number;
                    readonly averageMs?: number;
                };
                readonly expired?: {
                    readonly count: number;
                    readonly averageMs?: number;
                };
            };
        };
        readonly AnswerTimes: {
            readonly count: number;
            readonly medianMs?: number;
        };
        readonly DeliveryView: {
            readonly id: string;
            readonly changeId: string;
            readonly type: string;
            readonly subject: {
                readonly kind: string;
                readonly id: string;
            };
            readonly status: components["schemas"]["DeliveryStatus"];
            readonly attempts: readonly components["schemas"]["DeliveryAttempt"][];
            readonly nextAttemptAt?: components["schemas"]["Instant"];
            readonly endedAt?: components["schemas"]["Instant"];
            readonly cursor: string;
        };
        /** @enum {string} */
        readonly DeliveryStatus: "pending" | "delivered" | "failed";
        readonly DeliveryAttempt: {
            readonly at: components["schemas"]["Instant"];
            readonly durationMs: number;
            readonly responseStatus?: number;
            readonly error?: components["schemas"]["DeliveryError"];
        };
        /** @enum {string} */
        readonly DeliveryError: "address-refused" | "name-not-found" | "connection-failed" | "certificate-invalid" | "timed-out" | "not-available";
        readonly DryRunAnswer: {
            readonly events: readonly components["schemas"]["AnnouncedEvent"][];
            readonly answer: {
                readonly status: number;
                readonly body: Record<string, never>;
            };
        };
        readonly AnnouncedEvent: {
            /** @enum {string} */
            readonly type: "AccountRegistered" | "AccountDetailsChanged" | "ConnectionCreated" | "ConnectionTokenReissued" | "ConnectionTokenUsed" | "ConnectionAuthenticated" | "ConnectionRenamed" | "ConnectionCancelled" | "ConnectionEnded" | "ConnectionPairClaimed" | "CustomerAdded" | "CustomerChanged" | "LocationAdded" | "LocationChanged" | "BuildingAdded" | "BuildingChanged" | "InstallationRegistered" | "InstallationPropertiesChanged" | "InstallationMoved" | "InstallationArchived" | "InstallationRestored" | "ActivityAdded" | "ActivityChanged" | "ActivityRemoved" | "InstallationAccessGranted" | "InstallationAccessExtended" | "InstallationAccessWithdrawn" | "InstallationAccessBlocked" | "ShareRequested" | "ShareRejected" | "ShareCancelled" | "ShareApproved" | "SharePreparationStarted" | "SharePackageBatchCollected" | "SharePackageCompleted" | "ShareProcessingConfirmed" | "ShareInstallationsConfirmed" | "ShareItemsDeclined" | "ShareItemsPlaced" | "ShareStepImported" | "ShareProcessed" | "ShareItemsWithdrawn" | "SharePartlyRevoked" | "ShareRevoked" | "ShareExtended" | "ShareExpiryAnnounced" | "ShareExpired" | "NotificationRead" | "AllNotificationsRead" | "CatalogueImportStarted" | "CatalogueRowsReceived" | "CatalogueFileReceived" | "CatalogueImportFailed" | "CatalogueBatchJudged" | "CatalogueBatchImported" | "CatalogueImportCompleted" | "WebhookRegistered" | "WebhookChanged" | "WebhookSecretRotated" | "WebhookEnabled" | "WebhookDisabled" | "WebhookReplayRequested" | "WebhookTestRequested" | "WebhookRetryRequested" | "WebhookRemoved" | "DataSubjectErasureRequested" | "DataSubjectErased" | "FlowResumed" | "CommandHadNoEffect";
            readonly subject: {
                readonly kind: string;
                readonly id: string;
            };
            readonly sentence: string;
            readonly data: components["schemas"]["JsonObject"];
        };
        readonly ErasureView: {
            readonly id: string;
            /** @enum {string} */
            readonly status: "erasing" | "erased";
            readonly reason?: components["schemas"]["ErasureReason"];
            readonly requestedAt: components["schemas"]["Instant"];
            readonly erasedAt?: components["schemas"]["Instant"];
            readonly revision: number;
        };
        /** @enum {string} */
        readonly ErasureReason: "requested" | "no-longer-needed" | "recorded-in-error";
        readonly EvidencePack: {
            /** @constant */
            readonly format: "tessera-evidence/1";
            readonly statement: components["schemas"]["EvidenceStatement"];
            readonly events: readonly components["schemas"]["ProvenEvent"][];
            readonly checkpoint: string;
            readonly keys: readonly string[];
        };
        readonly EvidenceStatement: {
            readonly words: string;
            readonly account: components["schemas"]["StatedName"];
            readonly installation: string;
            readonly revision: number;
            readonly at: components["schemas"]["Instant"];
            readonly access: readonly components["schemas"]["StatedAccess"][];
        };
        readonly StatedName: {
            readonly id: string;
            readonly name?: string;
        };
        readonly StatedAccess: {
            readonly type: "root" | components["schemas"]["AccessType"];
            readonly from: components["schemas"]["Instant"];
            readonly until?: components["schemas"]["Instant"];
            readonly grants: readonly components["schemas"]["StatedGrant"][];
            readonly authorisedBy?: components["schemas"]["StatedAuthorisation"];
        };
        readonly StatedGrant: {
            readonly grantId: string;
            readonly shareId: string;
            readonly type: components["schemas"]["AccessType"];
            readonly giver: components["schemas"]["StatedName"];
            readonly holder: components["schemas"]["StatedName"];
            readonly from: components["schemas"]["Instant"];
            readonly until?: components["schemas"]["Instant"];
            readonly authorisedBy: components["schemas"]["StatedAuthorisation"];
        };
        readonly StatedAuthorisation: {
            readonly account: components["schemas"]["StatedName"];
            readonly user?: string;
            readonly role: components["schemas"]["Role"];
            readonly service?: string;
            readonly at: components["schemas"]["Instant"];
            readonly command: string;
        };
        readonly ProvenEvent: {
            readonly index: number;
            readonly leaf: string;
            readonly proof: readonly string[];
        };
        readonly GivenOfCustomer: {
            readonly customer: components["schemas"]["NamedCustomer"];
            readonly installations: number;
        };
        readonly GivenToAccount: {
            readonly account: components["schemas"]["Counterparty"];
            readonly installations: number;
        };
        readonly GrantView: {
            readonly id: string;
            readonly shareId: string;
            readonly giver: components["schemas"]["Counterparty"];
            readonly holder: components["schemas"]["Counterparty"];
            readonly accessType: components["schemas"]["AccessType"];
            readonly documentIdentity: components["schemas"]["DocumentIdentity"];
            readonly grantedAt: components["schemas"]["Instant"];
            readonly revocableUntil?: components["schemas"]["Instant"] | "any-time";
            readonly expiresAt?: components["schemas"]["Instant"];
            readonly withdrawal?: components["schemas"]["WithdrawalView"];
            readonly allowedActions: readonly components["schemas"]["GrantAction"][];
        };
        readonly WithdrawalView: {
            /** @enum {string} */
            readonly kind: "revoked" | "returned" | "cascade" | "expired" | "refused";
            readonly at: components["schemas"]["Instant"];
            readonly account?: string;
            readonly reason?: string;
            readonly code?: components["schemas"]["GrantRefusal"];
        };
        /** @enum {string} */
        readonly GrantAction: "revoke" | "return";
        readonly ImportPreview: {
            readonly rows: number;
            readonly imported: number;
            readonly created: number;
            readonly updated: number;
            readonly unchanged: number;
            readonly failed: number;
            readonly errors: readonly components["schemas"]["RowError"][];
            readonly columns: readonly components["schemas"]["ImportColumn"][];
        };
        readonly RowError: {
            readonly row: number;
            readonly column: string;
            readonly code: string;
            readonly detail: string;
        };
        readonly ImportColumn: {
            readonly name: string;
            readonly filled: number;
        };
        readonly ImportStarted: {
            readonly id: string;
        };
        readonly ImportView: {
            readonly id: string;
            /** @enum {string} */
            readonly status: "running" | "completed" | "failed";
            readonly rows: number;
            readonly imported: number;
            readonly created: number;
            readonly updated: number;
            readonly unchanged: number;
            readonly failed: number;
            readonly errors: readonly components["schemas"]["RowError"][];
            readonly nextPageToken?: string;
            readonly failure?: {
                readonly code: string;
                readonly detail: string;
            };
            readonly startedAt: components["schemas"]["Instant"];
            readonly completedAt?: components["schemas"]["Instant"];
        };
        readonly InboxView: {
            readonly items: readonly components["schemas"]["NotificationView"][];
            readonly nextPageToken?: string;
            readonly total?: number;
            readonly unread: number;
        };
        readonly NotificationView: {
            readonly id: string;
            readonly kind: components["schemas"]["NotificationKind"];
            readonly shareId?: string;
            readonly connectionId?: string;
            readonly webhookId?: string;
            readonly at: components["schemas"]["Instant"];
            readonly read: boolean;
            readonly text: string;
        };
        /** @enum {string} */
        readonly NotificationKind: "connection-active" | "connection-ended" | "share-requested" | "share-cancelled" | "share-rejected" | "share-available" | "share-processed" | "share-partly-revoked" | "share-revoked" | "share-extended" | "share-expiring" | "share-expired" | "access-withdrawn" | "access-returned" | "access-refused" | "webhook-disabled";
        readonly InstallationView: {
            readonly notes?: string;
            readonly components?: readonly components["schemas"]["Component"][];
            readonly serialNumber?: string;
            readonly brand?: string;
            readonly model?: string;
            readonly type?: components["schemas"]["InstallationType"];
            readonly refrigerant?: string;
            readonly chargeKg?: components["schemas"]["Amount"];
            readonly capacityKw?: components["schemas"]["Amount"];
            readonly hermeticallySealed?: boolean;
            readonly leakDetection?: boolean;
            readonly commissionedOn?: string;
            readonly id: string;
            readonly token: string;
            readonly customerId: string;
            readonly locationId: string;
            readonly buildingId?: string;
            readonly place: components["schemas"]["PlaceNames"];
            readonly reference: string;
            readonly customerReference?: string;
            readonly co2eTonnes?: components["schemas"]["Amount"];
            readonly archived: boolean;
            readonly access: components["schemas"]["AccessView"];
            readonly allowedActions: readonly components["schemas"]["AccessAction"][];
            readonly revision: number;
        };
        readonly Component: {
            readonly name: string;
            readonly serialNumber?: string;
            readonly brand?: string;
            readonly model?: string;
            readonly notes?: string;
        };
        readonly PlaceNames: {
            readonly customer?: string;
            readonly location?: string;
            readonly building?: string;
        };
        readonly AccessView: {
            readonly type: "root" | components["schemas"]["AccessType"];
            readonly via?: string;
            readonly shareId?: string;
            readonly grantId?: string;
            readonly since: components["schemas"]["Instant"];
            readonly revocableUntil?: components["schemas"]["Instant"] | "any-time";
            readonly expiresAt?: components["schemas"]["Instant"];
            readonly endedAt?: components["schemas"]["Instant"];
            readonly readableAsOf?: components["schemas"]["Instant"];
        };
        /** @enum {string} */
        readonly AccessAction: "read" | "change-properties" | "add-activity" | "archive" | "give-operator" | "give-installation-manager" | "give-subcontractor" | "give-on-loan";
        readonly IssuedToken: {
            readonly id: string;
            readonly revision: number;
            readonly progress?: components["schemas"]["RevocationProgress"];
            readonly token?: string;
            readonly expiresAt: string;
        };
        readonly LeftOutView: {
            readonly installationId: string;
            readonly code: components["schemas"]["LeftOutCode"];
        };
        readonly ListedAccount: {
            readonly id: string;
            readonly kind: components["schemas"]["AccountKind"];
            readonly name: string;
            readonly company: components["schemas"]["CompanyDetails"];
        };
        readonly ListedImport: {
            readonly id: string;
            /** @enum {string} */
            readonly status: "running" | "completed" | "failed";
            readonly rows: number;
            readonly imported: number;
            readonly created: number;
            readonly updated: number;
            readonly unchanged: number;
            readonly failed: number;
            readonly failure?: {
                readonly code: string;
                readonly detail: string;
            };
            readonly startedAt: components["schemas"]["Instant"];
            readonly completedAt?: components["schemas"]["Instant"];
        };
        readonly ListedInstallation: {
            readonly serialNumber?: string;
            readonly brand?: string;
            readonly model?: string;
            readonly type?: components["schemas"]["InstallationType"];
            readonly refrigerant?: string;
            readonly chargeKg?: components["schemas"]["Amount"];
            readonly capacityKw?: components["schemas"]["Amount"];
            readonly hermeticallySealed?: boolean;
            readonly leakDetection?: boolean;
            readonly commissionedOn?: string;
            readonly id: string;
            readonly token: string;
            readonly customerId: string;
            readonly locationId: string;
            readonly buildingId?: string;
            readonly place: components["schemas"]["PlaceNames"];
            readonly reference: string;
            readonly customerReference?: string;
            readonly co2eTonnes?: components["schemas"]["Amount"];
            readonly archived: boolean;
            readonly access: components["schemas"]["AccessView"];
        };
        readonly LocationView: {
            readonly id: string;
            readonly copiedFrom?: components["schemas"]["CopySource"];
            readonly revision: number;
            readonly name: string;
            readonly address: components["schemas"]["Address"];
            readonly region?: string;
            readonly customerId: string;
        };
        readonly OwnAccountView: {
            readonly id: string;
            readonly kind: components["schemas"]["AccountKind"];
            readonly name: string;
            readonly company: components["schemas"]["CompanyDetails"];
            readonly user: string;
            readonly roles: readonly components["schemas"]["Role"][];
            readonly unread: number;
            readonly revision: number;
        };
        readonly PackageItemView: {
            readonly state: components["schemas"]["ShownState"];
            readonly stepId?: string;
            readonly placedAt?: components["schemas"]["Instant"];
            readonly revocableUntil?: components["schemas"]["Instant"] | "any-time";
            readonly withdrawal?: components["schemas"]["WithdrawalView"];
            readonly token?: string;
            readonly reference?: string;
            readonly customerReference?: string;
            readonly properties?: {
                readonly serialNumber?: string;
                readonly brand?: string;
                readonly model?: string;
                readonly type?: components["schemas"]["InstallationType"];
                readonly refrigerant?: string;
                readonly chargeKg?: components["schemas"]["Amount"];
                readonly capacityKw?: components["schemas"]["Amount"];
                readonly hermeticallySealed?: boolean;
                readonly leakDetection?: boolean;
                readonly commissionedOn?: string;
            };
            readonly customer?: components["schemas"]["PackagedCustomer"];
            readonly location?: components["schemas"]["PackagedLocation"];
            readonly building?: components["schemas"]["PackagedBuilding"];
            readonly installationId: string;
        };
        /** @enum {string} */
        readonly ShownState: "offered" | "placed" | "declined" | "withdrawn";
        readonly PackagedCustomer: {
            readonly id: string;
            readonly name: string;
            readonly vatNumber?: string;
            readonly address: components["schemas"]["Address"];
        };
        readonly PackagedLocation: {
            readonly id: string;
            readonly name: string;
            readonly address: components["schemas"]["Address"];
            readonly region?: string;
        };
        readonly PackagedBuilding: {
            readonly id: string;
            readonly name: string;
            readonly address?: components["schemas"]["Address"];
        };
        readonly Problem: {
            readonly type: string;
            readonly title: string;
            readonly status: number;
            readonly detail: string;
            /** @enum {string} */
            readonly code: "access-expired" | "access-type-not-givable" | "access-type-not-receivable" | "access-withdrawn" | "account-not-found" | "account-not-registered" | "already-connected" | "already-exists" | "already-shared" | "batch-not-judged" | "batch-out-of-order" | "batch-too-large" | "beyond-the-checkpoint" | "building-elsewhere" | "building-never-moves" | "clock-out-of-range" | "connection-ended" | "connection-not-active" | "connection-not-pending" | "contended" | "created-id-not-unique" | "cross-site" | "customer-not-found" | "customer-target-missing" | "document-identity-not-applicable" | "event-store-full" | "event-store-unavailable" | "expectation-failed" | "explanation-length" | "headers-too-large" | "id-in-use" | "idempotency-key-reused" | "import-not-importing" | "import-not-receiving" | "internal-error" | "invalid-command" | "invalid-consistency-token" | "invalid-cursor" | "invalid-header" | "invalid-host" | "invalid-idempotency-key" | "invalid-if-match" | "invalid-page-token" | "invalid-parameter" | "invalid-query" | "invalid-request" | "invalid-session" | "invalid-token" | "issuer-unavailable" | "item-named-twice" | "item-not-confirmed" | "item-not-in-share" | "item-not-offered" | "location-never-moves" | "location-not-found" | "location-target-missing" | "malformed-csv" | "malformed-http" | "malformed-ndjson" | "malformed-request" | "method-not-allowed" | "name-length" | "no-role" | "not-found" | "not-signed-in" | "not-the-giver" | "not-the-provider" | "not-the-requester" | "not-utf-8" | "not-yet-sealed" | "not-your-activity" | "not-yours" | "nothing-to-erase" | "nothing-to-share" | "other-session" | "overloaded" | "own-connection" | "package-incomplete" | "package-not-available" | "place-missing" | "repeated-parameter" | "replaces-itself" | "request-timeout" | "requester-above" | "revocation-window-closed" | "role-not-allowed" | "selection-not-found" | "selection-not-shareable" | "selection-not-unique" | "selection-size" | "session-expired" | "session-header-missing" | "share-expired" | "share-not-approved" | "share-not-available" | "share-not-preparing" | "share-not-requested" | "share-without-end" | "source-already-placed" | "source-not-in-package" | "stale-revision" | "step-empty" | "step-not-in-share" | "step-not-placed" | "step-too-large" | "stopping" | "target-not-found" | "token-expired" | "token-invalid" | "token-not-new" | "too-large" | "too-many-bad-tokens" | "too-many-files" | "too-many-listeners" | "too-many-requests" | "too-many-secrets" | "too-many-webhooks" | "too-much-evidence" | "unknown-command" | "unknown-event" | "unsupported-media-type" | "until-not-ahead" | "until-not-later" | "until-too-far" | "upload-broken-off" | "view-behind" | "view-store-unavailable" | "webhook-url-refused" | "wrong-subject";
            readonly errors?: readonly components["schemas"]["RefusalDetail"][];
            readonly currentStatus?: string;
            readonly allowedActions?: readonly string[];
        };
        readonly RefusalDetail: {
            readonly pointer: string;
            readonly code: string;
            readonly detail: string;
        };
        readonly ProcessingPlan: {
            readonly customers: readonly components["schemas"]["PlannedCustomer"][];
            readonly locations: readonly components["schemas"]["PlannedLocation"][];
            readonly installations: readonly components["schemas"]["PlannedInstallation"][];
            readonly nextPageToken?: string;
        };
        readonly PlannedCustomer: {
            /** @enum {string} */
            readonly action: "link" | "create" | "placed";
            readonly score: components["schemas"]["Score"];
            readonly reason: components["schemas"]["MatchReason"] | "no-match" | "confirmed-before";
            readonly proposed?: components["schemas"]["AskedCustomerTarget"];
            readonly match?: {
                readonly id: string;
                readonly name: string;
            };
            readonly source: string;
            readonly name: string;
            readonly vatNumber?: string;
            readonly address: components["schemas"]["Address"];
        };
        readonly Score: number;
        /** @enum {string} */
        readonly MatchReason: "copied-before" | "vat-number" | "name-and-address" | "similar-name-and-address" | "address" | "name" | "token" | "serial-number";
        readonly AskedCustomerTarget: {
            /** @constant */
            readonly create?: true;
            readonly customerId?: string;
        };
        readonly PlannedLocation: {
            /** @enum {string} */
            readonly action: "link" | "create" | "placed";
            readonly score: components["schemas"]["Score"];
            readonly reason: components["schemas"]["MatchReason"] | "no-match" | "confirmed-before";
            readonly proposed?: components["schemas"]["AskedLocationTarget"];
            readonly match?: {
                readonly id: string;
                readonly name: string;
            };
            readonly source: string;
            readonly customer?: string;
            readonly name: string;
            readonly address: components["schemas"]["Address"];
        };
        readonly AskedLocationTarget: {
            /** @constant */
            readonly create?: true;
            readonly customerId?: string;
            readonly locationId?: string;
        };
        readonly PlannedInstallation: {
            /** @enum {string} */
            readonly action: "link" | "create" | "placed";
            readonly score: components["schemas"]["Score"];
            readonly reason: components["schemas"]["MatchReason"] | "no-match" | "confirmed-before";
            readonly proposed?: components["schemas"]["AskedInstallationTarget"];
            readonly match?: {
                readonly id: string;
                readonly name: string;
            };
            readonly installationId: string;
            readonly reference: string;
            readonly customerReference?: string;
            readonly serialNumber?: string;
            readonly location?: string;
            readonly building?: string;
            /** @constant */
            readonly outcome?: "two-records-of-one-machine";
        };
        readonly AskedInstallationTarget: {
            readonly buildingId?: string;
            readonly locationId?: string;
            readonly newBuilding?: {
                readonly name: string;
                readonly locationId: string;
            };
            /** @constant */
            readonly followsLocation?: true;
        };
        readonly RevocationAnswer: {
            readonly withdrawn: readonly string[];
            readonly retained: readonly components["schemas"]["RetainedItem"][];
            readonly downstream: readonly components["schemas"]["DownstreamLoss"][];
            readonly id: string;
            readonly revision: number;
            readonly progress?: components["schemas"]["RevocationProgress"];
        };
        readonly RetainedItem: {
            readonly installationId: string;
            /** @constant */
            readonly code: "revocation-window-closed";
            readonly since: components["schemas"]["Instant"];
        };
        readonly DownstreamLoss: {
            readonly account: string;
            readonly name: string;
            readonly share: string;
            readonly giver: string;
            readonly installations: readonly string[];
            readonly keeping: readonly string[];
        };
        readonly RevocationView: {
            readonly withdrawn: readonly string[];
            readonly retained: readonly components["schemas"]["RetainedItem"][];
            readonly downstream: readonly components["schemas"]["DownstreamLoss"][];
        };
        readonly SealKeyList: {
            readonly items: readonly components["schemas"]["SealKeyView"][];
        };
        readonly SealKeyView: {
            readonly key: string;
            readonly since: components["schemas"]["Instant"];
            readonly until?: components["schemas"]["Instant"];
        };
        readonly SealProof: {
            readonly checkpoint: string;
            readonly size: number;
            readonly inclusion?: components["schemas"]["InclusionProof"];
            readonly growth?: components["schemas"]["GrowthProof"];
        };
        readonly InclusionProof: {
            readonly event: string;
            readonly stream: string;
            readonly revision: number;
            readonly index: number;
            readonly leaf?: string;
            readonly leafHash: string;
            readonly hashes: readonly string[];
        };
        readonly GrowthProof: {
            readonly from: number;
            readonly hashes: readonly string[];
        };
        readonly ServiceStatus: {
            /** @enum {string} */
            readonly status: "live" | "ready" | "degraded";
            readonly missing?: readonly string[];
        };
        readonly SignInState: {
            /** @enum {string} */
            readonly mode: "oidc" | "development" | "bearer";
            readonly session?: components["schemas"]["SessionView"];
        };
        readonly SessionView: {
            readonly person: string;
            readonly account: {
                readonly id: string;
                readonly name: string;
            };
            readonly user: string;
            readonly roles: readonly components["schemas"]["Role"][];
            readonly expiresAt: string;
            readonly live: boolean;
            readonly renewable: boolean;
        };
        readonly ShareDocumentView: {
            readonly kind: components["schemas"]["ActivityKind"];
            readonly performedOn: string;
            readonly summary: string;
            readonly performedBy?: string;
            readonly refrigerantAddedKg?: components["schemas"]["Amount"];
            readonly refrigerantRecoveredKg?: components["schemas"]["Amount"];
            readonly leakFound?: boolean;
            readonly measurements?: readonly components["schemas"]["Measurement"][];
            readonly attachment?: components["schemas"]["Attachment"];
            readonly id: string;
            readonly account: components["schemas"]["Counterparty"];
            readonly document?: components["schemas"]["WorkOrderDocument"];
            readonly addedAt: components["schemas"]["Instant"];
            readonly changedAt?: components["schemas"]["Instant"];
            readonly allowedActions: readonly components["schemas"]["ActivityAction"][];
            readonly installation: {
                readonly id: string;
                readonly reference: string;
            };
        };
        readonly ShareView: {
            readonly id: string;
            readonly connectionId: string;
            readonly name: string;
            readonly explanation?: string;
            readonly role: components["schemas"]["ShareSide"];
            readonly counterparty: components["schemas"]["Counterparty"];
            readonly status: components["schemas"]["PartyStatus"];
            readonly suggestedLevel: components["schemas"]["TransferLevel"];
            readonly level?: components["schemas"]["TransferLevel"];
            readonly accessType?: components["schemas"]["AccessType"];
            readonly documentIdentity?: components["schemas"]["DocumentIdentity"];
            readonly terms?: components["schemas"]["ShareTerms"];
            readonly items: {
                readonly total: number;
                readonly offered: number;
                readonly placed: number;
                readonly declined: number;
                readonly withdrawn: number;
            };
            readonly leftOut?: number;
            readonly partlyRevoked: boolean;
            readonly reason?: string;
            readonly revocableUntil?: components["schemas"]["Instant"] | "any-time";
            readonly progress?: components["schemas"]["ShareProgress"];
            readonly allowedActions: readonly components["schemas"]["ShareAction"][];
            readonly requestedAt: components["schemas"]["Instant"];
            readonly evaluatedAt?: components["schemas"]["Instant"];
            readonly cancelledAt?: components["schemas"]["Instant"];
            readonly availableAt?: components["schemas"]["Instant"];
            readonly processedAt?: components["schemas"]["Instant"];
            readonly revokedAt?: components["schemas"]["Instant"];
            readonly expiresAt?: components["schemas"]["Instant"];
            readonly extendedAt?: components["schemas"]["Instant"];
            readonly expiredAt?: components["schemas"]["Instant"];
            readonly lastChangedAt: components["schemas"]["Instant"];
            readonly revision: number;
        };
        /** @enum {string} */
        readonly TransferLevel: "customer" | "location" | "installation";
        readonly ShareProgress: {
            /** @enum {string} */
            readonly phase: "preparing" | "importing";
            readonly done: number;
            readonly of: number;
        };
        /** @enum {string} */
        readonly ShareAction: "approve" | "reject" | "cancel" | "process" | "finish" | "revoke" | "extend";
        readonly WebhookSecretIssued: {
            readonly id: string;
            readonly revision: number;
            readonly progress?: components["schemas"]["RevocationProgress"];
            readonly secret?: string;
        };
        readonly WebhookTested: {
            readonly id: string;
            readonly revision: number;
            readonly progress?: components["schemas"]["RevocationProgress"];
            readonly deliveryId?: string;
        };
        readonly WebhookView: {
            readonly id: string;
            readonly url: string;
            readonly types?: readonly string[];
            readonly description?: string;
            /** @enum {string} */
            readonly status: "enabled" | "disabled";
            readonly disabled?: {
                readonly reason: components["schemas"]["DisablingReason"];
                readonly since?: components["schemas"]["Instant"];
            };
            readonly failingSince?: components["schemas"]["Instant"];
            readonly formerSecretUntil?: components["schemas"]["Instant"];
            readonly allowedActions: readonly components["schemas"]["WebhookAction"][];
            readonly createdAt: components["schemas"]["Instant"];
            readonly revision: number;
        };
        /** @enum {string} */
        readonly DisablingReason: "asked" | "failing" | "gone";
        /** @enum {string} */
        readonly WebhookAction: "change" | "enable" | "disable" | "rotate" | "replay" | "test" | "remove";
        readonly Written: {
            readonly id: string;
            readonly revision: number;
            readonly progress?: components["schemas"]["RevocationProgress"];
        };
        readonly ListedAccountPage: {
            readonly items: readonly components["schemas"]["ListedAccount"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly CompanyData: {
            readonly name: string;
            readonly vatNumber: string;
            readonly street: string;
            readonly postalCode: string;
            readonly city: string;
            readonly country: string;
            readonly certificateNumber?: string;
        };
        readonly RegisterAccountBody: {
            /** Format: uuid */
            readonly id?: string;
            /** @enum {string} */
            readonly kind: "service" | "connect";
            readonly name: string;
            readonly company: components["schemas"]["CompanyData"];
        };
        readonly ChangeAccountDetailsBody: {
            readonly name?: string;
            readonly company?: components["schemas"]["CompanyData"];
        };
        readonly ConnectionViewPage: {
            readonly items: readonly components["schemas"]["ConnectionView"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly CreateConnectionBody: {
            /** Format: uuid */
            readonly id?: string;
            readonly label: string;
            readonly description?: string;
        };
        readonly AuthenticateConnectionBody: {
            readonly token: string;
            readonly label: string;
        };
        readonly RenameConnectionBody: {
            readonly label: string;
        };
        readonly EndConnectionBody: {
            readonly revokeShares?: boolean;
        };
        readonly CustomerViewPage: {
            readonly items: readonly components["schemas"]["CustomerView"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly AddressData: {
            readonly street: string;
            readonly postalCode?: string;
            readonly city: string;
            readonly country?: string;
            readonly region?: string;
        };
        readonly AddCustomerBody: {
            /** Format: uuid */
            readonly id?: string;
            readonly name: string;
            readonly address: components["schemas"]["AddressData"];
            readonly vatNumber?: string;
            readonly internalName?: string;
            readonly customerNumber?: string;
            readonly region?: string;
            readonly language?: string;
            readonly contact?: string;
            readonly labels?: readonly string[];
        };
        readonly ChangeCustomerBody: {
            readonly name?: string;
            readonly address?: components["schemas"]["AddressData"];
            readonly vatNumber?: string | null;
            readonly internalName?: string | null;
            readonly customerNumber?: string | null;
            readonly region?: string | null;
            readonly language?: string | null;
            readonly contact?: string | null;
            readonly labels?: readonly string[] | null;
        };
        readonly LocationViewPage: {
            readonly items: readonly components["schemas"]["LocationView"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly AddLocationBody: {
            /** Format: uuid */
            readonly id?: string;
            /** Format: uuid */
            readonly customerId: string;
            readonly name: string;
            readonly address: components["schemas"]["AddressData"];
            readonly region?: string;
        };
        readonly ChangeLocationBody: {
            /** Format: uuid */
            readonly customerId?: string;
            readonly name?: string;
            readonly address?: components["schemas"]["AddressData"];
            readonly region?: string | null;
        };
        readonly BuildingViewPage: {
            readonly items: readonly components["schemas"]["BuildingView"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly AddBuildingBody: {
            /** Format: uuid */
            readonly id?: string;
            /** Format: uuid */
            readonly locationId: string;
            readonly name: string;
            readonly address?: components["schemas"]["AddressData"];
        };
        readonly ChangeBuildingBody: {
            /** Format: uuid */
            readonly locationId?: string;
            readonly name?: string;
            readonly address?: components["schemas"]["AddressData"] | null;
        };
        readonly ListedInstallationPage: {
            readonly items: readonly components["schemas"]["ListedInstallation"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly ComponentData: {
            readonly name: string;
            readonly serialNumber?: string;
            readonly brand?: string;
            readonly model?: string;
            readonly notes?: string;
        };
        readonly RegisterInstallationBody: {
            /** Format: uuid */
            readonly id?: string;
            /** Format: uuid */
            readonly locationId?: string;
            /** Format: uuid */
            readonly buildingId?: string;
            readonly reference: string;
            readonly customerReference?: string;
            readonly serialNumber?: string;
            readonly brand?: string;
            readonly model?: string;
            /** @enum {string} */
            readonly type?: "air-conditioning" | "refrigeration" | "heat-pump" | "other";
            readonly refrigerant?: string;
            readonly chargeKg?: number;
            readonly capacityKw?: number;
            readonly hermeticallySealed?: boolean;
            readonly leakDetection?: boolean;
            /** Format: date */
            readonly commissionedOn?: string;
            readonly notes?: string;
            readonly components?: readonly components["schemas"]["ComponentData"][];
        } & (unknown | unknown);
        readonly ChangeInstallationBody: {
            /** Format: uuid */
            readonly locationId?: string;
            /** Format: uuid */
            readonly buildingId?: string;
            readonly reference?: string;
            readonly customerReference?: string | null;
            readonly serialNumber?: string | null;
            readonly brand?: string | null;
            readonly model?: string | null;
            /** @enum {string|null} */
            readonly type?: "air-conditioning" | "refrigeration" | "heat-pump" | "other" | null;
            readonly refrigerant?: string | null;
            readonly chargeKg?: number | null;
            readonly capacityKw?: number | null;
            readonly hermeticallySealed?: boolean | null;
            readonly leakDetection?: boolean | null;
            /** Format: date */
            readonly commissionedOn?: string | null;
            readonly notes?: string | null;
            readonly components?: readonly components["schemas"]["ComponentData"][] | null;
        };
        readonly ActivityViewPage: {
            readonly items: readonly components["schemas"]["ActivityView"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly MeasurementData: {
            readonly name: string;
            readonly value: number;
            readonly unit: string;
        };
        readonly AttachmentData: {
            readonly name: string;
            readonly mediaType: string;
            readonly sha256: string;
            /** Format: uri */
            readonly url: string;
        };
        readonly AddActivityBody: {
            /** Format: uuid */
            readonly id?: string;
            /** @enum {string} */
            readonly kind: "work-order" | "measurement" | "operation" | "note" | "attachment";
            readonly performedOn: string | unknown | unknown;
            readonly summary: string;
            readonly performedBy?: string;
            readonly refrigerantAddedKg?: number;
            readonly refrigerantRecoveredKg?: number;
            readonly leakFound?: boolean;
            readonly measurements?: readonly components["schemas"]["MeasurementData"][];
            readonly attachment?: components["schemas"]["AttachmentData"];
        };
        readonly ChangeActivityBody: {
            readonly performedOn?: string | unknown | unknown;
            readonly summary?: string;
            readonly performedBy?: string | null;
            readonly refrigerantAddedKg?: number | null;
            readonly refrigerantRecoveredKg?: number | null;
            readonly leakFound?: boolean | null;
            readonly measurements?: readonly components["schemas"]["MeasurementData"][] | null;
            readonly attachment?: components["schemas"]["AttachmentData"] | null;
        };
        readonly GrantViewPage: {
            readonly items: readonly components["schemas"]["GrantView"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly RevokeGrantBody: {
            readonly reason?: string;
        };
        readonly ListedImportPage: {
            readonly items: readonly components["schemas"]["ListedImport"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly ShareViewPage: {
            readonly items: readonly components["schemas"]["ShareView"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly RequestShareBody: {
            /** Format: uuid */
            readonly id?: string;
            /** Format: uuid */
            readonly connectionId: string;
            readonly name: string;
            readonly explanation?: string;
            /** @enum {string} */
            readonly suggestedLevel: "customer" | "location" | "installation";
        };
        readonly ApproveShareBody: {
            /** @enum {string} */
            readonly level: "customer" | "location" | "installation";
            readonly selection: readonly string[];
            /** @enum {string} */
            readonly accessType: "operator" | "installation-manager" | "subcontractor" | "on-loan" | "borrowed";
            /** @enum {string} */
            readonly documentIdentity?: "performer" | "giver";
            /** Format: date-time */
            readonly until?: string;
        };
        readonly ExtendShareBody: {
            /** Format: date-time */
            readonly until: string;
        };
        readonly RejectShareBody: {
            readonly reason?: string;
        };
        readonly PackageItemViewPage: {
            readonly items: readonly components["schemas"]["PackageItemView"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly LeftOutViewPage: {
            readonly items: readonly components["schemas"]["LeftOutView"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly ShareDocumentViewPage: {
            readonly items: readonly components["schemas"]["ShareDocumentView"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly CustomerTargetData: {
            /** @enum {boolean} */
            readonly create?: true;
            /** Format: uuid */
            readonly customerId?: string;
        } & (unknown | unknown);
        readonly ConfirmedCustomerData: {
            /** Format: uuid */
            readonly source: string;
            readonly target: components["schemas"]["CustomerTargetData"];
        };
        readonly LocationTargetData: {
            /** @enum {boolean} */
            readonly create?: true;
            /** Format: uuid */
            readonly customerId?: string;
            /** Format: uuid */
            readonly locationId?: string;
        } & (unknown | unknown);
        readonly ConfirmedLocationData: {
            /** Format: uuid */
            readonly source: string;
            readonly target: components["schemas"]["LocationTargetData"];
        };
        readonly NewBuildingData: {
            readonly name: string;
            /** Format: uuid */
            readonly locationId: string;
        };
        readonly InstallationTargetData: {
            /** Format: uuid */
            readonly buildingId?: string;
            /** Format: uuid */
            readonly locationId?: string;
            readonly newBuilding?: components["schemas"]["NewBuildingData"];
            /** @enum {boolean} */
            readonly followsLocation?: true;
        } & (unknown | unknown | unknown | unknown);
        readonly ConfirmedInstallationData: {
            /** Format: uuid */
            readonly installationId: string;
            readonly target: components["schemas"]["InstallationTargetData"];
            readonly reference?: string;
            /** Format: uuid */
            readonly replaces?: string;
        };
        readonly ProcessShareBody: {
            /** @enum {string} */
            readonly referenceStyle: "original" | "customer";
            readonly customers?: readonly components["schemas"]["ConfirmedCustomerData"][];
            readonly locations?: readonly components["schemas"]["ConfirmedLocationData"][];
            readonly installations: readonly components["schemas"]["ConfirmedInstallationData"][];
            readonly decline?: readonly string[];
        };
        readonly RevokeShareBody: {
            readonly installations?: readonly string[];
            readonly reason?: string;
        };
        readonly AccessCheckData: {
            /** Format: uuid */
            readonly account: string;
            /** Format: uuid */
            readonly installation: string;
            /** @enum {string} */
            readonly action: "read" | "change-properties" | "add-activity" | "archive" | "give-operator" | "give-installation-manager" | "give-subcontractor" | "give-on-loan";
        };
        readonly AccessChecksData: {
            readonly checks: readonly components["schemas"]["AccessCheckData"][];
        };
        readonly AccessHeldViewPage: {
            readonly items: readonly components["schemas"]["AccessHeldView"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly AccessIntervalViewPage: {
            readonly items: readonly components["schemas"]["AccessIntervalView"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly GivenToAccountPage: {
            readonly items: readonly components["schemas"]["GivenToAccount"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly GivenOfCustomerPage: {
            readonly items: readonly components["schemas"]["GivenOfCustomer"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly RegisterAccountData: {
            /** Format: uuid */
            readonly accountId?: string;
            /** @enum {string} */
            readonly kind: "service" | "connect";
            readonly name: string;
            readonly company: components["schemas"]["CompanyData"];
        };
        /** @description Registers a company on the platform. */
        readonly RegisterAccountCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "RegisterAccount";
            readonly data: components["schemas"]["RegisterAccountData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly ChangeAccountDetailsData: {
            /** Format: uuid */
            readonly accountId: string;
            readonly name?: string;
            readonly company?: components["schemas"]["CompanyData"];
        };
        /** @description Changes an account's name or company details. */
        readonly ChangeAccountDetailsCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "ChangeAccountDetails";
            readonly data: components["schemas"]["ChangeAccountDetailsData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly CreateConnectionData: {
            /** Format: uuid */
            readonly connectionId?: string;
            readonly label: string;
            readonly description?: string;
        };
        /** @description Creates a connection and answers with its one-time token. */
        readonly CreateConnectionCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "CreateConnection";
            readonly data: components["schemas"]["CreateConnectionData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly ReissueConnectionTokenData: {
            /** Format: uuid */
            readonly connectionId: string;
        };
        /** @description Replaces the one-time token of a connection that waits for its other side. */
        readonly ReissueConnectionTokenCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "ReissueConnectionToken";
            readonly data: components["schemas"]["ReissueConnectionTokenData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly AuthenticateConnectionData: {
            readonly token: string;
            readonly label: string;
        };
        /** @description Completes a connection with the one-time token of its other side. */
        readonly AuthenticateConnectionCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "AuthenticateConnection";
            readonly data: components["schemas"]["AuthenticateConnectionData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly RenameConnectionData: {
            /** Format: uuid */
            readonly connectionId: string;
            readonly label: string;
        };
        /** @description Changes the account's own label of a connection. */
        readonly RenameConnectionCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "RenameConnection";
            readonly data: components["schemas"]["RenameConnectionData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly CancelConnectionData: {
            /** Format: uuid */
            readonly connectionId: string;
        };
        /** @description Withdraws a connection that waits for its other side. */
        readonly CancelConnectionCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "CancelConnection";
            readonly data: components["schemas"]["CancelConnectionData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly EndConnectionData: {
            /** Format: uuid */
            readonly connectionId: string;
            readonly revokeShares?: boolean;
        };
        /** @description Ends a connection, and revokes what may still be revoked if asked to. */
        readonly EndConnectionCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "EndConnection";
            readonly data: components["schemas"]["EndConnectionData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly AddCustomerData: {
            /** Format: uuid */
            readonly customerId?: string;
            readonly name: string;
            readonly address: components["schemas"]["AddressData"];
            readonly vatNumber?: string;
            readonly internalName?: string;
            readonly customerNumber?: string;
            readonly region?: string;
            readonly language?: string;
            readonly contact?: string;
            readonly labels?: readonly string[];
        };
        /** @description Adds a customer to the account's catalogue. */
        readonly AddCustomerCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "AddCustomer";
            readonly data: components["schemas"]["AddCustomerData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly ChangeCustomerData: {
            /** Format: uuid */
            readonly customerId: string;
            readonly name?: string;
            readonly address?: components["schemas"]["AddressData"];
            readonly vatNumber?: string | null;
            readonly internalName?: string | null;
            readonly customerNumber?: string | null;
            readonly region?: string | null;
            readonly language?: string | null;
            readonly contact?: string | null;
            readonly labels?: readonly string[] | null;
        };
        /** @description Changes a customer; null clears a field. */
        readonly ChangeCustomerCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "ChangeCustomer";
            readonly data: components["schemas"]["ChangeCustomerData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly AddLocationData: {
            /** Format: uuid */
            readonly locationId?: string;
            /** Format: uuid */
            readonly customerId: string;
            readonly name: string;
            readonly address: components["schemas"]["AddressData"];
            readonly region?: string;
        };
        /** @description Adds a location to a customer. */
        readonly AddLocationCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "AddLocation";
            readonly data: components["schemas"]["AddLocationData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly ChangeLocationData: {
            /** Format: uuid */
            readonly locationId: string;
            /** Format: uuid */
            readonly customerId?: string;
            readonly name?: string;
            readonly address?: components["schemas"]["AddressData"];
            readonly region?: string | null;
        };
        /** @description Changes a location; null clears a field. */
        readonly ChangeLocationCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "ChangeLocation";
            readonly data: components["schemas"]["ChangeLocationData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly AddBuildingData: {
            /** Format: uuid */
            readonly buildingId?: string;
            /** Format: uuid */
            readonly locationId: string;
            readonly name: string;
            readonly address?: components["schemas"]["AddressData"];
        };
        /** @description Adds a building to a location. */
        readonly AddBuildingCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "AddBuilding";
            readonly data: components["schemas"]["AddBuildingData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly ChangeBuildingData: {
            /** Format: uuid */
            readonly buildingId: string;
            /** Format: uuid */
            readonly locationId?: string;
            readonly name?: string;
            readonly address?: components["schemas"]["AddressData"] | null;
        };
        /** @description Changes a building; null clears a field. */
        readonly ChangeBuildingCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "ChangeBuilding";
            readonly data: components["schemas"]["ChangeBuildingData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly RegisterInstallationData: {
            /** Format: uuid */
            readonly installationId?: string;
            /** Format: uuid */
            readonly locationId?: string;
            /** Format: uuid */
            readonly buildingId?: string;
            readonly reference: string;
            readonly customerReference?: string;
            readonly serialNumber?: string;
            readonly brand?: string;
            readonly model?: string;
            /** @enum {string} */
            readonly type?: "air-conditioning" | "refrigeration" | "heat-pump" | "other";
            readonly refrigerant?: string;
            readonly chargeKg?: number;
            readonly capacityKw?: number;
            readonly hermeticallySealed?: boolean;
            readonly leakDetection?: boolean;
            /** Format: date */
            readonly commissionedOn?: string;
            readonly notes?: string;
            readonly components?: readonly components["schemas"]["ComponentData"][];
        } & (unknown | unknown);
        /** @description Registers an installation in a building, or else on a location. */
        readonly RegisterInstallationCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "RegisterInstallation";
            readonly data: components["schemas"]["RegisterInstallationData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly ChangeInstallationData: {
            /** Format: uuid */
            readonly installationId: string;
            /** Format: uuid */
            readonly locationId?: string;
            /** Format: uuid */
            readonly buildingId?: string;
            readonly reference?: string;
            readonly customerReference?: string | null;
            readonly serialNumber?: string | null;
            readonly brand?: string | null;
            readonly model?: string | null;
            /** @enum {string|null} */
            readonly type?: "air-conditioning" | "refrigeration" | "heat-pump" | "other" | null;
            readonly refrigerant?: string | null;
            readonly chargeKg?: number | null;
            readonly capacityKw?: number | null;
            readonly hermeticallySealed?: boolean | null;
            readonly leakDetection?: boolean | null;
            /** Format: date */
            readonly commissionedOn?: string | null;
            readonly notes?: string | null;
            readonly components?: readonly components["schemas"]["ComponentData"][] | null;
        };
        /** @description Changes an installation for every account with access, and where the account itself keeps it. */
        readonly ChangeInstallationCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "ChangeInstallation";
            readonly data: components["schemas"]["ChangeInstallationData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly ArchiveInstallationData: {
            /** Format: uuid */
            readonly installationId: string;
        };
        /** @description Archives an installation in the account's own catalogue. */
        readonly ArchiveInstallationCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "ArchiveInstallation";
            readonly data: components["schemas"]["ArchiveInstallationData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly RestoreInstallationData: {
            /** Format: uuid */
            readonly installationId: string;
        };
        /** @description Takes an installation out of the account's own archive. */
        readonly RestoreInstallationCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "RestoreInstallation";
            readonly data: components["schemas"]["RestoreInstallationData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly AddActivityData: {
            /** Format: uuid */
            readonly installationId: string;
            /** Format: uuid */
            readonly activityId?: string;
            /** @enum {string} */
            readonly kind: "work-order" | "measurement" | "operation" | "note" | "attachment";
            readonly performedOn: string | unknown | unknown;
            readonly summary: string;
            readonly performedBy?: string;
            readonly refrigerantAddedKg?: number;
            readonly refrigerantRecoveredKg?: number;
            readonly leakFound?: boolean;
            readonly measurements?: readonly components["schemas"]["MeasurementData"][];
            readonly attachment?: components["schemas"]["AttachmentData"];
        };
        /** @description Adds an activity to a logbook. */
        readonly AddActivityCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "AddActivity";
            readonly data: components["schemas"]["AddActivityData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly ChangeActivityData: {
            /** Format: uuid */
            readonly installationId: string;
            /** Format: uuid */
            readonly activityId: string;
            readonly performedOn?: string | unknown | unknown;
            readonly summary?: string;
            readonly performedBy?: string | null;
            readonly refrigerantAddedKg?: number | null;
            readonly refrigerantRecoveredKg?: number | null;
            readonly leakFound?: boolean | null;
            readonly measurements?: readonly components["schemas"]["MeasurementData"][] | null;
            readonly attachment?: components["schemas"]["AttachmentData"] | null;
        };
        /** @description Changes one of the account's own activities. */
        readonly ChangeActivityCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "ChangeActivity";
            readonly data: components["schemas"]["ChangeActivityData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly RemoveActivityData: {
            /** Format: uuid */
            readonly installationId: string;
            /** Format: uuid */
            readonly activityId: string;
        };
        /** @description Removes one of the account's own activities. */
        readonly RemoveActivityCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "RemoveActivity";
            readonly data: components["schemas"]["RemoveActivityData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly ReturnAccessData: {
            /** Format: uuid */
            readonly installationId: string;
            /** Format: uuid */
            readonly grantId: string;
        };
        /** @description Gives access to an installation back. */
        readonly ReturnAccessCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "ReturnAccess";
            readonly data: components["schemas"]["ReturnAccessData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly RevokeGrantData: {
            /** Format: uuid */
            readonly installationId: string;
            /** Format: uuid */
            readonly grantId: string;
            readonly reason?: string;
        };
        /** @description Revokes one grant on one installation. */
        readonly RevokeGrantCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "RevokeGrant";
            readonly data: components["schemas"]["RevokeGrantData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly RequestShareData: {
            /** Format: uuid */
            readonly shareId?: string;
            /** Format: uuid */
            readonly connectionId: string;
            readonly name: string;
            readonly explanation?: string;
            /** @enum {string} */
            readonly suggestedLevel: "customer" | "location" | "installation";
        };
        /** @description Requests a share over a connection. */
        readonly RequestShareCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "RequestShare";
            readonly data: components["schemas"]["RequestShareData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly CancelShareData: {
            /** Format: uuid */
            readonly shareId: string;
        };
        /** @description Withdraws a request that was not evaluated yet. */
        readonly CancelShareCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "CancelShare";
            readonly data: components["schemas"]["CancelShareData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly RejectShareData: {
            /** Format: uuid */
            readonly shareId: string;
            readonly reason?: string;
        };
        /** @description Rejects a request. */
        readonly RejectShareCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "RejectShare";
            readonly data: components["schemas"]["RejectShareData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly ApproveShareData: {
            /** Format: uuid */
            readonly shareId: string;
            /** @enum {string} */
            readonly level: "customer" | "location" | "installation";
            readonly selection: readonly string[];
            /** @enum {string} */
            readonly accessType: "operator" | "installation-manager" | "subcontractor" | "on-loan" | "borrowed";
            /** @enum {string} */
            readonly documentIdentity?: "performer" | "giver";
            /** Format: date-time */
            readonly until?: string;
        };
        /** @description Approves a request with what is shared and on which terms. */
        readonly ApproveShareCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "ApproveShare";
            readonly data: components["schemas"]["ApproveShareData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly ProcessShareData: {
            /** Format: uuid */
            readonly shareId: string;
            /** @enum {string} */
            readonly referenceStyle: "original" | "customer";
            readonly customers?: readonly components["schemas"]["ConfirmedCustomerData"][];
            readonly locations?: readonly components["schemas"]["ConfirmedLocationData"][];
            readonly installations: readonly components["schemas"]["ConfirmedInstallationData"][];
            readonly decline?: readonly string[];
        };
        /** @description Confirms a step: what becomes of a part of the package. A record of one’s own that an installation `replaces` is archived once the installation is placed. */
        readonly ProcessShareCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "ProcessShare";
            readonly data: components["schemas"]["ProcessShareData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly FinishShareData: {
            /** Format: uuid */
            readonly shareId: string;
        };
        /** @description Declines what is left of the package. */
        readonly FinishShareCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "FinishShare";
            readonly data: components["schemas"]["FinishShareData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly RevokeShareData: {
            /** Format: uuid */
            readonly shareId: string;
            readonly installations?: readonly string[];
            readonly reason?: string;
        };
        /** @description Revokes a share, or the installations named of it. */
        readonly RevokeShareCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "RevokeShare";
            readonly data: components["schemas"]["RevokeShareData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly ExtendShareData: {
            /** Format: uuid */
            readonly shareId: string;
            /** Format: date-time */
            readonly until: string;
        };
        /** @description Lets a share that was approved until a date end later. */
        readonly ExtendShareCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "ExtendShare";
            readonly data: components["schemas"]["ExtendShareData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly ReadNotificationData: {
            /** Format: uuid */
            readonly notificationId: string;
        };
        /** @description Marks a notification as read. */
        readonly ReadNotificationCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "ReadNotification";
            readonly data: components["schemas"]["ReadNotificationData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly ReadAllNotificationsData: Record<string, never>;
        /** @description Marks all notifications as read. */
        readonly ReadAllNotificationsCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "ReadAllNotifications";
            readonly data: components["schemas"]["ReadAllNotificationsData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly EraseDataSubjectData: {
            /** Format: uuid */
            readonly erasureId?: string;
            readonly subject: string;
            /** @enum {string} */
            readonly reason?: "requested" | "no-longer-needed" | "recorded-in-error";
        };
        /** @description Erases a person, by the e-mail address or else the whole text that names it, from everything the account recorded. It cannot be undone. */
        readonly EraseDataSubjectCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "EraseDataSubject";
            readonly data: components["schemas"]["EraseDataSubjectData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly RegisterWebhookData: {
            /** Format: uuid */
            readonly webhookId?: string;
            /** Format: uri */
            readonly url: string;
            readonly types?: readonly ("account.registered" | "account.changed" | "connection.created" | "connection.token-reissued" | "connection.authenticated" | "connection.renamed" | "connection.cancelled" | "connection.ended" | "customer.added" | "customer.changed" | "location.added" | "location.changed" | "building.added" | "building.changed" | "installation.registered" | "installation.changed" | "installation.moved" | "installation.archived" | "installation.restored" | "installation.activity-added" | "installation.activity-changed" | "installation.activity-removed" | "installation.access-granted" | "installation.access-extended" | "installation.access-withdrawn" | "installation.access-blocked" | "share.requested" | "share.rejected" | "share.cancelled" | "share.approved" | "share.preparation-started" | "share.available" | "share.step-confirmed" | "share.items-declined" | "share.items-placed" | "share.step-imported" | "share.processed" | "share.items-withdrawn" | "share.partly-revoked" | "share.revoked" | "share.extended" | "share.expiry-announced" | "share.expired" | "inbox.notification-read" | "inbox.all-read" | "import.started" | "import.file-received" | "import.failed" | "import.batch-imported" | "import.completed" | "webhook.registered" | "webhook.changed" | "webhook.secret-rotated" | "webhook.enabled" | "webhook.disabled" | "webhook.removed")[];
            readonly description?: string;
        };
        /** @description Registers a URL that changes are sent to, and answers with the secret they are signed with. */
        readonly RegisterWebhookCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "RegisterWebhook";
            readonly data: components["schemas"]["RegisterWebhookData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly ChangeWebhookData: {
            /** Format: uuid */
            readonly webhookId: string;
            /** Format: uri */
            readonly url?: string;
            readonly types?: readonly ("account.registered" | "account.changed" | "connection.created" | "connection.token-reissued" | "connection.authenticated" | "connection.renamed" | "connection.cancelled" | "connection.ended" | "customer.added" | "customer.changed" | "location.added" | "location.changed" | "building.added" | "building.changed" | "installation.registered" | "installation.changed" | "installation.moved" | "installation.archived" | "installation.restored" | "installation.activity-added" | "installation.activity-changed" | "installation.activity-removed" | "installation.access-granted" | "installation.access-extended" | "installation.access-withdrawn" | "installation.access-blocked" | "share.requested" | "share.rejected" | "share.cancelled" | "share.approved" | "share.preparation-started" | "share.available" | "share.step-confirmed" | "share.items-declined" | "share.items-placed" | "share.step-imported" | "share.processed" | "share.items-withdrawn" | "share.partly-revoked" | "share.revoked" | "share.extended" | "share.expiry-announced" | "share.expired" | "inbox.notification-read" | "inbox.all-read" | "import.started" | "import.file-received" | "import.failed" | "import.batch-imported" | "import.completed" | "webhook.registered" | "webhook.changed" | "webhook.secret-rotated" | "webhook.enabled" | "webhook.disabled" | "webhook.removed")[] | null;
            readonly description?: string | null;
            readonly enabled?: boolean;
        };
        /** @description Changes, disables or enables a webhook; null clears a field. Enabled again it goes on from where it stopped. */
        readonly ChangeWebhookCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "ChangeWebhook";
            readonly data: components["schemas"]["ChangeWebhookData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly RotateWebhookSecretData: {
            /** Format: uuid */
            readonly webhookId: string;
        };
        /** @description Gives a webhook another secret; both are valid for a day. */
        readonly RotateWebhookSecretCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "RotateWebhookSecret";
            readonly data: components["schemas"]["RotateWebhookSecretData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly ReplayWebhookData: {
            /** Format: uuid */
            readonly webhookId: string;
            readonly cursor: string;
        };
        /** @description Sends what happened after a cursor to a webhook again. */
        readonly ReplayWebhookCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "ReplayWebhook";
            readonly data: components["schemas"]["ReplayWebhookData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly TestWebhookData: {
            /** Format: uuid */
            readonly webhookId: string;
        };
        /** @description Sends a webhook a test. */
        readonly TestWebhookCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "TestWebhook";
            readonly data: components["schemas"]["TestWebhookData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly RetryWebhookDeliveryData: {
            /** Format: uuid */
            readonly webhookId: string;
            /** Format: uuid */
            readonly deliveryId: string;
        };
        /** @description Attempts a delivery once more, at once. */
        readonly RetryWebhookDeliveryCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "RetryWebhookDelivery";
            readonly data: components["schemas"]["RetryWebhookDeliveryData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly RemoveWebhookData: {
            /** Format: uuid */
            readonly webhookId: string;
        };
        /** @description Removes a webhook with its deliveries. */
        readonly RemoveWebhookCommand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "RemoveWebhook";
            readonly data: components["schemas"]["RemoveWebhookData"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly account?: string;
            readonly user?: string;
            readonly expectedRevision?: number;
            readonly dryRun?: boolean;
        };
        readonly Command: components["schemas"]["RegisterAccountCommand"] | components["schemas"]["ChangeAccountDetailsCommand"] | components["schemas"]["CreateConnectionCommand"] | components["schemas"]["ReissueConnectionTokenCommand"] | components["schemas"]["AuthenticateConnectionCommand"] | components["schemas"]["RenameConnectionCommand"] | components["schemas"]["CancelConnectionCommand"] | components["schemas"]["EndConnectionCommand"] | components["schemas"]["AddCustomerCommand"] | components["schemas"]["ChangeCustomerCommand"] | components["schemas"]["AddLocationCommand"] | components["schemas"]["ChangeLocationCommand"] | components["schemas"]["AddBuildingCommand"] | components["schemas"]["ChangeBuildingCommand"] | components["schemas"]["RegisterInstallationCommand"] | components["schemas"]["ChangeInstallationCommand"] | components["schemas"]["ArchiveInstallationCommand"] | components["schemas"]["RestoreInstallationCommand"] | components["schemas"]["AddActivityCommand"] | components["schemas"]["ChangeActivityCommand"] | components["schemas"]["RemoveActivityCommand"] | components["schemas"]["ReturnAccessCommand"] | components["schemas"]["RevokeGrantCommand"] | components["schemas"]["RequestShareCommand"] | components["schemas"]["CancelShareCommand"] | components["schemas"]["RejectShareCommand"] | components["schemas"]["ApproveShareCommand"] | components["schemas"]["ProcessShareCommand"] | components["schemas"]["FinishShareCommand"] | components["schemas"]["RevokeShareCommand"] | components["schemas"]["ExtendShareCommand"] | components["schemas"]["ReadNotificationCommand"] | components["schemas"]["ReadAllNotificationsCommand"] | components["schemas"]["EraseDataSubjectCommand"] | components["schemas"]["RegisterWebhookCommand"] | components["schemas"]["ChangeWebhookCommand"] | components["schemas"]["RotateWebhookSecretCommand"] | components["schemas"]["ReplayWebhookCommand"] | components["schemas"]["TestWebhookCommand"] | components["schemas"]["RetryWebhookDeliveryCommand"] | components["schemas"]["RemoveWebhookCommand"];
        readonly WebhookViewPage: {
            readonly items: readonly components["schemas"]["WebhookView"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly RegisterWebhookBody: {
            /** Format: uuid */
            readonly id?: string;
            /** Format: uri */
            readonly url: string;
            readonly types?: readonly ("account.registered" | "account.changed" | "connection.created" | "connection.token-reissued" | "connection.authenticated" | "connection.renamed" | "connection.cancelled" | "connection.ended" | "customer.added" | "customer.changed" | "location.added" | "location.changed" | "building.added" | "building.changed" | "installation.registered" | "installation.changed" | "installation.moved" | "installation.archived" | "installation.restored" | "installation.activity-added" | "installation.activity-changed" | "installation.activity-removed" | "installation.access-granted" | "installation.access-extended" | "installation.access-withdrawn" | "installation.access-blocked" | "share.requested" | "share.rejected" | "share.cancelled" | "share.approved" | "share.preparation-started" | "share.available" | "share.step-confirmed" | "share.items-declined" | "share.items-placed" | "share.step-imported" | "share.processed" | "share.items-withdrawn" | "share.partly-revoked" | "share.revoked" | "share.extended" | "share.expiry-announced" | "share.expired" | "inbox.notification-read" | "inbox.all-read" | "import.started" | "import.file-received" | "import.failed" | "import.batch-imported" | "import.completed" | "webhook.registered" | "webhook.changed" | "webhook.secret-rotated" | "webhook.enabled" | "webhook.disabled" | "webhook.removed")[];
            readonly description?: string;
        };
        readonly ChangeWebhookBody: {
            /** Format: uri */
            readonly url?: string;
            readonly types?: readonly ("account.registered" | "account.changed" | "connection.created" | "connection.token-reissued" | "connection.authenticated" | "connection.renamed" | "connection.cancelled" | "connection.ended" | "customer.added" | "customer.changed" | "location.added" | "location.changed" | "building.added" | "building.changed" | "installation.registered" | "installation.changed" | "installation.moved" | "installation.archived" | "installation.restored" | "installation.activity-added" | "installation.activity-changed" | "installation.activity-removed" | "installation.access-granted" | "installation.access-extended" | "installation.access-withdrawn" | "installation.access-blocked" | "share.requested" | "share.rejected" | "share.cancelled" | "share.approved" | "share.preparation-started" | "share.available" | "share.step-confirmed" | "share.items-declined" | "share.items-placed" | "share.step-imported" | "share.processed" | "share.items-withdrawn" | "share.partly-revoked" | "share.revoked" | "share.extended" | "share.expiry-announced" | "share.expired" | "inbox.notification-read" | "inbox.all-read" | "import.started" | "import.file-received" | "import.failed" | "import.batch-imported" | "import.completed" | "webhook.registered" | "webhook.changed" | "webhook.secret-rotated" | "webhook.enabled" | "webhook.disabled" | "webhook.removed")[] | null;
            readonly description?: string | null;
            readonly enabled?: boolean;
        };
        readonly ReplayWebhookBody: {
            readonly cursor: string;
        };
        readonly DeliveryViewPage: {
            readonly items: readonly components["schemas"]["DeliveryView"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly ErasureViewPage: {
            readonly items: readonly components["schemas"]["ErasureView"][];
            readonly nextPageToken?: string;
            readonly total?: number;
        };
        readonly EraseDataSubjectBody: {
            /** Format: uuid */
            readonly id?: string;
            readonly subject: string;
            /** @enum {string} */
            readonly reason?: "requested" | "no-longer-needed" | "recorded-in-error";
        };
    };
    responses: {
        /** @description What went wrong; `code` names the rule. */
        readonly Problem: {
            headers: {
                readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                readonly "Retry-After": components["headers"]["Retry-After"];
                readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description The id of the command: a repeated request with it gets the answer of the first time. */
        readonly IdempotencyKey: string;
        /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
        readonly DryRun: boolean;
        /** @description The ETag the thing must still have. */
        readonly IfMatch: string;
        /** @description Of a write this must reflect, or the cursor of a change. */
        readonly ConsistencyToken: string;
        /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
        readonly Prefer: string;
    };
    requestBodies: never;
    headers: {
        /** @description How much of the log the answer reflects; a later read that is given it reflects as much. */
        readonly "Consistency-Token": string;
        /** @description The revision of the thing, in quotes, for `If-Match`. */
        readonly ETag: string;
        /** @description The command had been executed before; this is the answer of the first time. */
        readonly "Idempotent-Replayed": "true";
        /** @description With 429 and 503: after how many seconds to try again. Whether a write took effect that was answered 503 is not known; repeated with its `Idempotency-Key`, it does so once. */
        readonly "Retry-After": number;
        /** @description How many requests the account may make at this service in a while. */
        readonly "RateLimit-Limit": number;
        /** @description How many of them are left. */
        readonly "RateLimit-Remaining": number;
        /** @description After how many seconds it may make as many again. */
        readonly "RateLimit-Reset": number;
        /** @description With 401: how to sign in, and why the token was refused. */
        readonly "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly "Accounts.list": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly q?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ListedAccountPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Accounts.register": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RegisterAccountBody"];
            };
        };
        readonly responses: {
            /** @description Of a dry run: what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description As asked. */
            readonly 201: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Accounts.me": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OwnAccountView"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Accounts.change": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["ChangeAccountDetailsBody"];
            };
        };
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Connections.list": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly q?: string;
                /** @description one of pending, active, ended, cancelled, expired */
                readonly status?: "pending" | "active" | "ended" | "cancelled" | "expired";
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly counterparty?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ConnectionViewPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Connections.create": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CreateConnectionBody"];
            };
        };
        readonly responses: {
            /** @description Of a dry run: what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description As asked. */
            readonly 201: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["IssuedToken"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Connections.authenticate": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AuthenticateConnectionBody"];
            };
        };
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ConnectionView"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Connections.get": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ConnectionView"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Connections.rename": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RenameConnectionBody"];
            };
        };
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Connections.reissue": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["IssuedToken"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Connections.cancel": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Connections.end": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["EndConnectionBody"];
            };
        };
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description Decided, and not in effect everywhere yet; the same request, repeated, returns the progress. */
            readonly 202: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Customers.list": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly q?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CustomerViewPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Customers.add": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AddCustomerBody"];
            };
        };
        readonly responses: {
            /** @description Of a dry run: what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description As asked. */
            readonly 201: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Customers.get": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CustomerView"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Customers.change": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["ChangeCustomerBody"];
            };
        };
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Locations.list": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly q?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly customerId?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LocationViewPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Locations.add": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AddLocationBody"];
            };
        };
        readonly responses: {
            /** @description Of a dry run: what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description As asked. */
            readonly 201: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Locations.get": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LocationView"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Locations.change": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["ChangeLocationBody"];
            };
        };
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Buildings.list": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly q?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly customerId?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly locationId?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BuildingViewPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Buildings.add": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AddBuildingBody"];
            };
        };
        readonly responses: {
            /** @description Of a dry run: what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description As asked. */
            readonly 201: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Buildings.get": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BuildingView"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Buildings.change": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["ChangeBuildingBody"];
            };
        };
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Installations.list": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly q?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly customerId?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly locationId?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly buildingId?: string;
                /** @description true or false */
                readonly archived?: boolean;
                /** @description one of root, operator, installation-manager, subcontractor, on-loan, former, borrowed */
                readonly access?: "root" | "operator" | "installation-manager" | "subcontractor" | "on-loan" | "former" | "borrowed";
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ListedInstallationPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Installations.register": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RegisterInstallationBody"];
            };
        };
        readonly responses: {
            /** @description Of a dry run: what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description As asked. */
            readonly 201: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Installations.get": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["InstallationView"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Installations.change": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["ChangeInstallationBody"];
            };
        };
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Installations.archive": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Installations.restore": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Installations.activities": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description true or false */
                readonly documents?: boolean;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ActivityViewPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Installations.addActivity": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AddActivityBody"];
            };
        };
        readonly responses: {
            /** @description Of a dry run: what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description As asked. */
            readonly 201: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Installations.removeActivity": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
                readonly activityId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Installations.changeActivity": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
                readonly activityId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["ChangeActivityBody"];
            };
        };
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Installations.grants": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["GrantViewPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Installations.revokeGrant": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
                readonly grantId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["RevokeGrantBody"];
            };
        };
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description Decided, and not in effect everywhere yet; the same request, repeated, returns the progress. */
            readonly 202: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Installations.returnAccess": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
                readonly grantId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description Decided, and not in effect everywhere yet; the same request, repeated, returns the progress. */
            readonly 202: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Imports.list": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ListedImportPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Imports.receive": {
        readonly parameters: {
            readonly query?: {
                /** @description one of keep, update */
                readonly existing?: "keep" | "update";
                /** @description true or false */
                readonly dryRun?: boolean;
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "text/csv": string;
                readonly "application/x-ndjson": string;
            };
        };
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ImportPreview"];
                };
            };
            /** @description As asked. */
            readonly 202: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ImportStarted"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Imports.get": {
        readonly parameters: {
            readonly query?: {
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ImportView"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Imports.failedRows": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/csv": string;
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Shares.list": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly q?: string;
                /** @description one of requester, provider */
                readonly role?: "requester" | "provider";
                /** @description one of requested, to-evaluate, rejected, cancelled, approved, preparing, available, processed, revoked, expired */
                readonly status?: "requested" | "to-evaluate" | "rejected" | "cancelled" | "approved" | "preparing" | "available" | "processed" | "revoked" | "expired";
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly connectionId?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly counterparty?: string;
                /** @description true or false */
                readonly revocable?: boolean;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ShareViewPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Shares.request": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RequestShareBody"];
            };
        };
        readonly responses: {
            /** @description Of a dry run: what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description As asked. */
            readonly 201: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Shares.get": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ShareView"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Shares.preview": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ApproveShareBody"];
            };
        };
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ApprovalPreview"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Shares.approve": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ApproveShareBody"];
            };
        };
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Shares.extend": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ExtendShareBody"];
            };
        };
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Shares.reject": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["RejectShareBody"];
            };
        };
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Shares.cancel": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Shares.package": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description one of offered, placed, declined, withdrawn */
                readonly state?: "offered" | "placed" | "declined" | "withdrawn";
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PackageItemViewPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Shares.leftOut": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LeftOutViewPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Shares.documents": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ShareDocumentViewPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Shares.plan": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ProcessingPlan"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Shares.process": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ProcessShareBody"];
            };
        };
        readonly responses: {
            /** @description Of a dry run: what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description As asked. */
            readonly 202: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Shares.finish": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Shares.previewRevocation": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["RevokeShareBody"];
            };
        };
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RevocationView"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Shares.revoke": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["RevokeShareBody"];
            };
        };
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RevocationAnswer"] | components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description Decided, and not in effect everywhere yet; the same request, repeated, returns the progress. */
            readonly 202: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RevocationAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Inbox.list": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description true or false */
                readonly read?: boolean;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["InboxView"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Inbox.readAll": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Inbox.read": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Dashboard.get": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 366 */
                readonly days?: number;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DashboardView"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Access.check": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AccessChecksData"];
            };
        };
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AccessVerdicts"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Access.installations": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly account?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AccessHeldViewPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Access.accounts": {
        readonly parameters: {
            readonly query: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly installation: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AccessHeldViewPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Access.given": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description a date and time in UTC (ISO 8601, ending in Z) */
                readonly at?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly account?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly customer?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly installation?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AccessIntervalViewPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Access.givenTo": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description a date (YYYY-MM-DD) */
                readonly on?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["GivenToAccountPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Access.givenOf": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description a date (YYYY-MM-DD) */
                readonly on?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["GivenOfCustomerPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Commands.list": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandDescriptions"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Commands.send": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Command"];
            };
        };
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandSent"] | components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description Decided, and not in effect everywhere yet; the same request, repeated, returns the progress. */
            readonly 202: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandSent"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Audit.share": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description a date and time in UTC (ISO 8601, ending in Z) */
                readonly asOf?: string;
                /** @description a date and time in UTC (ISO 8601, ending in Z) */
                readonly from?: string;
                /** @description a date and time in UTC (ISO 8601, ending in Z) */
                readonly to?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AuditHistory"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Audit.connection": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description a date and time in UTC (ISO 8601, ending in Z) */
                readonly asOf?: string;
                /** @description a date and time in UTC (ISO 8601, ending in Z) */
                readonly from?: string;
                /** @description a date and time in UTC (ISO 8601, ending in Z) */
                readonly to?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AuditHistory"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Audit.installation": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description a date and time in UTC (ISO 8601, ending in Z) */
                readonly asOf?: string;
                /** @description a date and time in UTC (ISO 8601, ending in Z) */
                readonly from?: string;
                /** @description a date and time in UTC (ISO 8601, ending in Z) */
                readonly to?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AuditHistory"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Audit.account": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description a date and time in UTC (ISO 8601, ending in Z) */
                readonly asOf?: string;
                /** @description a date and time in UTC (ISO 8601, ending in Z) */
                readonly from?: string;
                /** @description a date and time in UTC (ISO 8601, ending in Z) */
                readonly to?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AuditHistory"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Audit.story": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly event: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AuditStory"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Audit.access": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly installation?: string;
                /** @description 1 to 200 characters in one line, not only spaces */
                readonly account?: string;
                /** @description a date and time in UTC (ISO 8601, ending in Z) */
                readonly at?: string;
                /** @description a date and time in UTC (ISO 8601, ending in Z) */
                readonly from?: string;
                /** @description a date and time in UTC (ISO 8601, ending in Z) */
                readonly to?: string;
                /** @description one of forward, backward */
                readonly direction?: "forward" | "backward";
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AccessIntervalViewPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Audit.export": {
        readonly parameters: {
            readonly query?: {
                /** @description a UUID */
                readonly share?: string;
                /** @description a UUID */
                readonly connection?: string;
                /** @description a UUID */
                readonly installation?: string;
                /** @description a UUID */
                readonly account?: string;
                /** @description one of ndjson, csv */
                readonly format?: "ndjson" | "csv";
                /** @description a date and time in UTC (ISO 8601, ending in Z) */
                readonly from?: string;
                /** @description a date and time in UTC (ISO 8601, ending in Z) */
                readonly to?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/x-ndjson": string;
                    readonly "text/csv": string;
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Audit.checkpoint": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/plain": string;
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Audit.keys": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SealKeyList"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Audit.proof": {
        readonly parameters: {
            readonly query?: {
                /** @description a UUID */
                readonly event?: string;
                /** @description a whole number from 0 to 9007199254740991 */
                readonly since?: number;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SealProof"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Audit.evidence": {
        readonly parameters: {
            readonly query: {
                /** @description a UUID */
                readonly installation: string;
                /** @description a UUID */
                readonly account: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EvidencePack"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "AuditReports.share": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/html": string;
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "AuditReports.installation": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/html": string;
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Changes.tell": {
        readonly parameters: {
            readonly query?: {
                /** @description a nextCursor, the id of an event, or now */
                readonly cursor?: string;
                /** @description some of account.registered, account.changed, connection.created, connection.token-reissued, connection.authenticated, connection.renamed, connection.cancelled, connection.ended, customer.added, customer.changed, location.added, location.changed, building.added, building.changed, installation.registered, installation.changed, installation.moved, installation.archived, installation.restored, installation.activity-added, installation.activity-changed, installation.activity-removed, installation.access-granted, installation.access-extended, installation.access-withdrawn, installation.access-blocked, share.requested, share.rejected, share.cancelled, share.approved, share.preparation-started, share.available, share.step-confirmed, share.items-declined, share.items-placed, share.step-imported, share.processed, share.items-withdrawn, share.partly-revoked, share.revoked, share.extended, share.expiry-announced, share.expired, inbox.notification-read, inbox.all-read, import.started, import.file-received, import.failed, import.batch-imported, import.completed, webhook.registered, webhook.changed, webhook.secret-rotated, webhook.enabled, webhook.disabled, webhook.removed; with commas between them */
                readonly types?: string;
                /** @description a UUID */
                readonly subject?: string;
                /** @description a whole number from 0 to 30 */
                readonly wait?: number;
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
            };
            readonly header?: {
                /** @description Of a stream: the cursor to go on after. */
                readonly "Last-Event-ID"?: string;
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ChangeList"];
                    readonly "text/event-stream": string;
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Webhooks.list": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookViewPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Webhooks.register": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RegisterWebhookBody"];
            };
        };
        readonly responses: {
            /** @description Of a dry run: what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description As asked. */
            readonly 201: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookSecretIssued"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Webhooks.get": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookView"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Webhooks.remove": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Webhooks.change": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["ChangeWebhookBody"];
            };
        };
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Webhooks.rotate": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked; of a dry run, what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookSecretIssued"] | components["schemas"]["DryRunAnswer"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Webhooks.test": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Of a dry run: what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description As asked. */
            readonly 202: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookTested"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Webhooks.replay": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ReplayWebhookBody"];
            };
        };
        readonly responses: {
            /** @description Of a dry run: what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description As asked. */
            readonly 202: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Webhooks.deliveries": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
                /** @description one of pending, delivered, failed */
                readonly status?: "pending" | "delivered" | "failed";
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DeliveryViewPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Webhooks.retry": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path: {
                readonly id: string;
                readonly deliveryId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Of a dry run: what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description As asked. */
            readonly 202: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Erasures.list": {
        readonly parameters: {
            readonly query?: {
                /** @description a whole number from 1 to 200 */
                readonly pageSize?: number;
                /** @description a nextPageToken this list gave */
                readonly pageToken?: string;
            };
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ErasureViewPage"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Erasures.erase": {
        readonly parameters: {
            readonly query?: {
                /** @description Whether to return only what this would do: nothing is recorded, and nothing follows. */
                readonly dryRun?: components["parameters"]["DryRun"];
            };
            readonly header?: {
                /** @description The id of the command: a repeated request with it gets the answer of the first time. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag the thing must still have. */
                readonly "If-Match"?: components["parameters"]["IfMatch"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["EraseDataSubjectBody"];
            };
        };
        readonly responses: {
            /** @description Of a dry run: what it would come to. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description As asked. */
            readonly 201: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Written"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Erasures.get": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of a write this must reflect, or the cursor of a change. */
                readonly "Consistency-Token"?: components["parameters"]["ConsistencyToken"];
                /** @description How long to wait for that: `wait=<seconds>`, 2 by default, at most 10. */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly "Consistency-Token": components["headers"]["Consistency-Token"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    readonly "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    readonly "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ErasureView"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Operations.live": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ServiceStatus"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Operations.ready": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ServiceStatus"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Operations.metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/plain": string;
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly "Session.session": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SignInState"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
}
