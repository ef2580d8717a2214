import Base
import Postgres
import Testing

@Suite struct ConnectionInfoTests {
    @Test func `host, port, database and user are libpq's`() throws {
        let info = try ConnectionInfo("postgresql://u%40x:p%2Fw@h1:1,h2:2/d?sslmode=require")
        #expect(info.host == "h1,h2")
        #expect(info.port == "1,2")
        #expect(info.user == "u@x")
        #expect(info.database == "d")
        #expect(info.hasPassword)
    }

    @Test(arguments: [
        ("host=h password = s3cret", true), ("host=h password='x s3cret'", true),
        ("postgresql://h/d?pass%77ord=s3cret", true), ("postgresql://u:p?s3cret@h/d", true),
        ("postgresql://u@h/d", false), ("", false),
    ])
    func `a password is found in every spelling that libpq takes`(text: String, hasPassword: Bool) throws {
        #expect(try ConnectionInfo(text).hasPassword == hasPassword)
    }

    @Test(arguments: [
        "postgresql://u:pa%zzs3cret@h/d", "postgresql://u:x@s3cret@h/d", "postgresql://u:s3cret@[::1/d",
        "postgresql://u:a/s3cret@h/d", "postgresql://u:1/s3cret@h/d",
        "postgresql://u:s3cret%", "host=h password='s3cret", "s3cret", "host=h s3cret",
    ])
    func `the content of a faulty URL is in no error`(text: String) {
        let error = #expect(throws: PostgresError.self) { try ConnectionInfo(text) }
        #expect(error?.code == .address)
        #expect(error?.category == .configuration)
        #expect(error.map { "\($0)\($0.debugDescription)".contains("s3cret") } == false)
        let refused = #expect(throws: PostgresError.self) { _ = try Connection(.url(text)) }
        #expect(refused.map { "\($0)\($0.debugDescription)".contains("s3cret") } == false)
    }
}
