import Base
import Reporting

/// A failure as reported to clients (RFC 9457).
struct Problem: Error, Sendable {
    var status: Status
    /// What happened and what to do, without secrets or callers' numbers; in English, for programs.
    var detail: String
    /// The same in the language of the request; nil if it exists only in English.
    private var text: String?
    /// The error's category, or another word for programs.
    var kind: String
    /// Further header fields.
    var headers = HeaderFields()

    /// A problem with its sentence, which is made in English and in the language of the request.
    init(_ status: Status, _ kind: String, _ detail: @autoclosure () -> String) {
        (self.status, self.kind) = (status, kind)
        text = detail()
        self.detail = Language.$current.withValue(.english, operation: detail)
    }

    /// The problem for an error. The text of an error without a category may contain anything, so it is not shown.
    init(_ error: any Error) {
        if let problem = error as? Problem {
            self = problem
        } else if let error = error as? any CategorisedError {
            self.init(Status(error.category), error.category.rawValue, "\(error)")
            // The details are those of the command line.
            text = nil
            if status == .unavailable { headers["Retry-After"] = "30" }
        } else if error is CancellationError {
            self.init(.unavailable, "ending", localized("The server is shutting down. Try again later."))
        } else {
            self.init(.internalError, "failed", localized("The server failed. Its log says more."))
        }
    }

    /// What happened, for people. Details that exist only in English follow a sentence in the reader's language.
    var shown: String {
        if let text { return text }
        return Language.current == .english ? detail : "\(status.lead) \(detail)"
    }

    /// The same for a page.
    var markup: Markup {
        if text != nil || Language.current == .english { return "\(shown)" }
        return "\(status.lead) <span lang=\"en\">\(detail)</span>"
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
