import Testing

@testable import Serve

@Suite struct RequestTests {
    @Test(arguments: [
        ("/queues", ["queues"]), ("/", []), ("/calls/1795%2E1", ["calls", "1795.1"]),
        ("//queues///x", ["queues", "x"]),
        ("/a%2Fb", ["a/b"]), ("/%D0%B0", ["а"]),
    ])
    func `a path becomes segments, decoded one by one`(target: String, segments: [String]) throws {
        #expect(try #require(Request(.get, target: target)).segments == segments)
    }

    @Test(arguments: [
        "", "queues", "http://localhost/", "/%", "/%2", "/%zz", "/%00", "/%ff", "/a/../b", "/%2e%2e/b", "/.",
    ])
    func `anything but a plain path is refused`(target: String) {
        #expect(Request(.get, target: target) == nil)
    }

    @Test func `a query is read as browsers write it`() throws {
        let request = try #require(Request(.get, target: "/x?a=1+2&b=%26&a=3&c&%zz=1"))
        #expect(request.query["a"] == "1 2")
        #expect(request.query["b"] == "&")
        #expect(request.query["c"] == nil)
        #expect(request.query.text == "a=1%202&b=%26&a=3&c=")
    }

    @Test func `a cookie is found among others`() throws {
        let fields = HeaderFields([("Cookie", "a=1; session=xyz"), ("cookie", "b=2")])
        let request = try #require(Request(.get, target: "/", headers: fields))
        #expect(request.cookie("session") == "xyz")
        #expect(request.cookie("b") == "2")
        #expect(request.cookie("ession") == nil)
    }

    @Test(arguments: [
        ("127.0.0.1:8090", ListenAddress.tcp(host: "127.0.0.1", port: 8090), true),
        ("[::1]:80", .tcp(host: "::1", port: 80), true), ("localhost:0", .tcp(host: "localhost", port: 0), true),
        ("0.0.0.0:443", .tcp(host: "0.0.0.0", port: 443), false), ("[::]:443", .tcp(host: "::", port: 443), false),
        ("127.evil.example.com:80", .tcp(host: "127.evil.example.com", port: 80), false),
        ("unix:/run/x.sock", .unix(path: "/run/x.sock"), true),
    ])
    func `an address is read, and known to be loopback or not`(text: String, address: ListenAddress, isLoopback: Bool) {
        #expect(ListenAddress(text) == address)
        #expect(ListenAddress(text)?.isLoopback == isLoopback)
        #expect(address.description == text)
    }

    @Test(arguments: ["", "8090", ":8090", "host", "host:65536", "host:-1", "::1:80", "unix:relative", "host:http"])
    func `text that is not an address is refused`(text: String) { #expect(ListenAddress(text) == nil) }
}
