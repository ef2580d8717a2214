import Reporting

/// A failure that is shown within its page, so that the form above it can be changed and sent again. The response has the
/// failure's status.
struct PageFailure: Error {
    /// The page, without the failure.
    var page: Page
    var identity: Identity?
    var underlying: any Error

    /// Lets `body` make the content of a page, which goes below what the page has already.
    ///
    /// - Throws: ``PageFailure`` with any error of `body`.
    static func filling(
        _ page: Page,
        for identity: Identity?,
        _ body: () async throws -> Markup
    ) async throws -> Response {
        var page = page
        do {
            page.body += "\n\(try await body())"
        } catch {
            throw PageFailure(page: page, identity: identity, underlying: error)
        }
        return page.response(for: identity)
    }

    /// The page, with what happened.
    func response(_ problem: Problem) -> Response {
        var page = page
        page.body += "\n<p class=\"stale\" role=\"alert\">\(problem.markup)</p>"
        return page.response(for: identity, problem.status)
    }
}
