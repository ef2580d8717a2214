import Base

/// The status for a failure: the single table from categories to HTTP statuses (contract, section 7).
extension Status {
    /// The status of a category.
    init(_ category: ErrorCategory) {
        self =
            switch category {
            case .usage: .badRequest
            case .notFound: .notFound
            case .notPermitted: .forbidden
            case .locked, .refused: .conflict
            case .badData: .unprocessable
            case .noInput, .unavailable, .tryAgainLater: .unavailable
            case .outcomeUnknown: .gatewayTimeout
            case .configuration, .failed: .internalError
            }
    }
}
