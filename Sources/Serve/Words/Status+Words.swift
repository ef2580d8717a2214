import Base

extension Status {
    /// The title of a page about a failure. In English it is the standard phrase.
    var words: String {
        guard Language.current != .english else { return reason }
        return switch self {
        case .badRequest, .unprocessable, .contentTooLarge, .headerTooLarge, .unsupportedMediaType:
            localized("The request is not valid")
        case .unauthorized: localized("Not logged in")
        case .forbidden: localized("Not permitted")
        case .notFound: localized("Not found")
        case .methodNotAllowed, .misdirected: localized("Not possible here")
        case .conflict: localized("Refused")
        case .tooManyRequests: localized("Too many requests")
        case .unavailable: localized("Not available now")
        case .gatewayTimeout: localized("Outcome unknown")
        default: localized("An error of the server")
        }
    }

    /// What a failure means, in front of its English details.
    var lead: String {
        switch self {
        case .badRequest, .unprocessable, .contentTooLarge, .headerTooLarge, .unsupportedMediaType:
            localized("The request is not valid.")
        case .unauthorized, .forbidden: localized("This is not permitted.")
        case .notFound, .misdirected: localized("It was not found.")
        case .methodNotAllowed, .conflict: localized("The request was refused.")
        case .unavailable, .tooManyRequests: localized("This is not available now. Try again later.")
        case .gatewayTimeout: localized("It is not known whether the order was carried out.")
        default: localized("The server failed. Its log says more.")
        }
    }
}
