internal import MariaDB

extension ExtractError.Code {
    /// A table was read in part: the connection broke, and could not be had again. Another time it may.
    public static let interrupted = ExtractError.Code(rawValue: "interrupted")
}

extension ExtractError {
    /// What a failure of the database means to somebody who reads a table.
    init(database error: DatabaseError) {
        let code: Code =
            switch error.code {
            case .authentication, .denied: .notPermitted
            case .lost, .timeout: .interrupted
            default: .unavailable
            }
        self.init(code, error.description)
    }
}
