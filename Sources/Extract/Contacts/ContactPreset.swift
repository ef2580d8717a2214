/// A CRM whose tables are known; its query lies in `sql/presets/`.
public enum ContactPreset: String, CaseIterable, Sendable {
    /// DjangoCRM on PostgreSQL or MySQL.
    case djangocrm
    /// SuiteCRM on MySQL.
    case suitecrm
    /// EspoCRM on MySQL or PostgreSQL.
    case espocrm
    /// Odoo, which runs on PostgreSQL only.
    case odoo
    /// Vtiger on MySQL.
    case vtiger

    /// The query's file below `sql/`; `nil` where the CRM does not run on such a server.
    public func file(for server: ContactDatabase.Server) -> String? {
        switch (self, server) {
        case (.djangocrm, .postgres): "presets/djangocrm.sql"
        case (.djangocrm, .mysql): "presets/djangocrm.mysql.sql"
        case (.suitecrm, .mysql): "presets/suitecrm.sql"
        case (.espocrm, .mysql): "presets/espocrm.sql"
        case (.espocrm, .postgres): "presets/espocrm.postgres.sql"
        case (.odoo, .postgres): "presets/odoo.sql"
        case (.vtiger, .mysql): "presets/vtiger.sql"
        case (.suitecrm, .postgres), (.odoo, .mysql), (.vtiger, .postgres): nil
        }
    }
}
