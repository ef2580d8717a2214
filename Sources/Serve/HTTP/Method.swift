/// A method of a request (RFC 9110, section 9).
enum Method: String, Sendable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"

    /// Whether the method only requests a response.
    var isSafe: Bool { self == .get || self == .head }
}
