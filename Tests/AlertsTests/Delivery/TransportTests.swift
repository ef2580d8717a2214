@testable import Alerts
import Base
import TestSupport
import Testing

@Suite struct TransportTests {
    @Test func `HMAC-SHA256 agrees with RFC 4231`() {
        // Test cases 1 and 2.
        let first = HMAC.sha256(Array("Hi There".utf8), key: [UInt8](repeating: 0x0b, count: 20))
        #expect(first == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        let second = HMAC.sha256(Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
        #expect(second == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        // An empty message is signed as well.
        #expect(HMAC.sha256([], key: Array("k".utf8))?.count == 64)
    }

    @Test(arguments: [
        ("https://hooks.example.com", true, "hooks.example.com", 443, "/"),
        ("http://10.0.0.1:8080/a?b=c#d", false, "10.0.0.1", 8080, "/a?b=c"),
        ("HTTPS://[2001:db8::1]:8443/x", true, "2001:db8::1", 8443, "/x"),
        ("http://example.com?q", false, "example.com", 80, "/?q"),
        ("https://u:p%40ss@example.com/", true, "example.com", 443, "/"),
    ]) func `a URL is taken apart`(text: String, isSecure: Bool, host: String, port: Int, target: String) throws {
        let url = try #require(EndpointURL(text))
        #expect(url.isSecure == isSecure)
        #expect(url.host == host)
        #expect(url.port == port)
        #expect(url.target == target)
    }

    @Test(arguments: [
        "", "example.com", "ftp://example.com", "http://", "http://:80", "http://a b", "http://a:0", "http://a:65536",
        "http://a:x", "http://[::1", "http://[::1]x", "http://a/\r\nX: y", "http://u%zz@a", "http://ä.example",
    ]) func `what is not a URL of a receiver is refused`(text: String) {
        #expect(EndpointURL(text) == nil)
    }

    @Test func `a place never shows path, query or password`() throws {
        let url = try #require(EndpointURL("https://user:password@example.com/secret?token=x"))
        #expect(url.place == "example.com:443")
        #expect(url.credentials == "user:password")
        #expect(try #require(EndpointURL("http://a/b/")).appending(path: "/c").target == "/b/c")
    }

    @Test(arguments: [
        ("120", 120), (" 0 ", 0), ("Sat, 28 Nov 2026 10:01:30 GMT", 90), ("Sat, 28 Nov 2026 09:00:00 GMT", 0),
    ]) func `Retry-After is seconds or a date`(text: String, seconds: Int) {
        #expect(RetryAfter.duration(text, now: ten) == .seconds(seconds))
    }

    @Test(arguments: [
        "-1", "soon", "Sat, 31 Feb 2026 10:00:00 GMT", "Sat, 28 Nov 9223372036854775807 10:00:00 GMT", "1e9", "",
    ])
    func `another Retry-After is ignored`(text: String) {
        #expect(RetryAfter.duration(text, now: ten) == nil)
    }

    @Test(arguments: [
        (200, "delivered"), (204, "delivered"), (301, "rejected"), (400, "rejected"), (401, "rejected"),
        (404, "rejected"), (408, "retry"), (410, "rejected"), (425, "retry"), (429, "retry"), (500, "retry"),
        (503, "retry"), (599, "retry"),
    ]) func `a status decides whether a message is sent again`(status: Int, meaning: String) throws {
        let request = HTTPRequest.json(try #require(EndpointURL("http://a/")), "{}")
        let outcome = HTTPReceiver.outcome(of: HTTPAnswer(status: status), request, now: ten)
        switch outcome {
        case .delivered: #expect(meaning == "delivered")
        case .retry: #expect(meaning == "retry")
        case .rejected: #expect(meaning == "rejected")
        }
    }

    @Test func `what a receiver says is quoted, unless it repeats a secret`() throws {
        var request = HTTPRequest.json(try #require(EndpointURL("http://a/")), "{}")
        request.secrets = ["s3cret"]
        let told = HTTPReceiver.outcome(of: HTTPAnswer(status: 400, body: Array("no\nfield".utf8)), request, now: ten)
        #expect(told == .rejected(reason: "a:80 answered 400: no field"))
        let hidden = HTTPReceiver.outcome(of: HTTPAnswer(status: 401, body: Array("s3cret?".utf8)), request, now: ten)
        #expect(hidden == .rejected(reason: "a:80 answered 401"))
    }

    @Test(.timeLimit(.minutes(10))) func `a port without a server and an unknown host are told`() async throws {
        let client = HTTPClient(tls: try ClientTLS(), timeout: .seconds(5))
        let port = try TestProcess.freePort()
        let closed = HTTPRequest.json(try #require(EndpointURL("http://127.0.0.1:\(port)/secret")), "{}")
        await #expect(throws: TransportFailure("127.0.0.1:\(port) cannot be reached: Connection refused")) {
            try await client.send(closed)
        }
        let unknown = HTTPRequest.json(try #require(EndpointURL("http://receiver.invalid/")), "{}")
        await #expect(throws: TransportFailure("the host of receiver.invalid:80 was not found")) {
            try await client.send(unknown)
        }
    }

    @Test(.timeLimit(.minutes(10))) func `plain HTTP where TLS is expected is no trusted connection`() async throws {
        let server = try await TestReceiverServer()
        let client = HTTPClient(tls: try ClientTLS(), timeout: .seconds(5))
        let request = HTTPRequest.json(try #require(EndpointURL("https://127.0.0.1:\(server.port)/")), "{}")
        let failure = await #expect(throws: TransportFailure.self) { try await client.send(request) }
        #expect(failure?.reason.hasPrefix("no trusted TLS connection to 127.0.0.1:\(server.port)") == true)
    }

    @Test(.timeLimit(.minutes(10))) func `an answer that does not end is cut`() async throws {
        let server = try await TestReceiverServer { _, _ in .status(200, body: String(repeating: "x", count: 1 << 20)) }
        let client = HTTPClient(tls: try ClientTLS(), timeout: .seconds(5))
        let answer = try await client.send(HTTPRequest.json(try #require(EndpointURL(server.url)), "{}"))
        #expect(answer.status == 200)
        #expect(answer.body.count == HTTPClient.answerLimit)
    }
}
