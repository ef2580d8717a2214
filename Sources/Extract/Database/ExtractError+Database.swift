import MariaDB

extension ExtractError {
    /// What a database failure means to somebody who reads a table.
    init(database error: DatabaseError) {
        let code: Code =
            switch error.code {
            case .authentication, .denied: .notPermitted
            case .lost, .timeout: .interrupted
            case .file: .configuration
            default: .unavailable
            }
        self.init(code, error.description)
    }
}
