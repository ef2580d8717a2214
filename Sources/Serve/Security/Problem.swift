import Base

/// A failure as reported to clients (RFC 9457).
struct Problem: Error, Sendable {
    var status: Status
    /// What happened and what to do, without secrets or callers' numbers.
    var detail: String
    /// The error's category, or another word for programs.
    var kind: String
    /// Further header fields.
    var headers = HeaderFields()

    init(_ status: Status, _ kind: String, _ detail: String) {
        (self.status, self.kind, self.detail) = (status, kind, detail)
    }

    /// The problem for an error. The text of an error without a category may contain anything, so it is not shown.
    init(_ error: any Error) {
        if let problem = error as? Problem {
            self = problem
        } else if let error = error as? any CategorisedError {
            self.init(Status(error.category), error.category.rawValue, "\(error)")
            if status == .unavailable { headers["Retry-After"] = "30" }
        } else if error is CancellationError {
            self.init(.unavailable, "ending", "The server is shutting down. Try again later.")
        } else {
            self.init(.internalError, "failed", "The server failed. Its log says more.")
        }
    }

    /// The response for programs.
    var response: Response {
        let json: JSON = [
            "type": .string("about:blank"), "title": .string(status.reason), "status": .integer(status.rawValue),
            "detail": .string(detail), "category": .string(kind),
        ]
        var response = Response(status, .problem, Array((json.text() + "\n").utf8))
        for field in headers.fields { response.headers[field.name] = field.value }
        return response
    }
}
