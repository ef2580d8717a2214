import Testing

@testable import Configuration

@Suite struct ConnectionURLTests {
    @Test(
        arguments: [
            ("postgresql://u:p4ss@h/db", "postgresql://u:********@h/db"),
            ("mysql://u:a%40b:c@h:3306/db", "mysql://u:********@h:3306/db"),
            ("postgresql://u:p4ss@[::1]:5432/db", "postgresql://u:********@[::1]:5432/db"),
            ("postgresql://h/db?user=u&password=p4ss", "postgresql://h/db?********"),
            ("postgresql://h/db?pass%77ord=p4ss", "postgresql://h/db?********"),
            ("postgresql://h/db?sslpassword=p4ss", "postgresql://h/db?********"),
            ("host=h password=p4ss dbname=d", "host=h dbname=d ********"),
            ("host=h password = p4ss", "host=h ********"),
            ("host=h password='x p4ss' user=u", "host=h user=u ********"),
            ("password='it\\'s p4ss' host=h", "host=h ********"),
            // Malformed texts: any part of them may be the password.
            ("postgresql://u:pa%zzp4ss@h/d", "********"),
            ("postgresql://u:p4ss%@h/d", "********"),
            ("postgresql://u:x@p4ss@h/d", "********"),
            ("postgresql://u:p4ss@[::1/d", "********"),
            ("postgresql://u:a/p4ss@h/d", "********"),
            ("postgresql://u:1?p4ss@h/d", "********"),
            ("postgresql://u:a#p4ss@h/d", "********"),
            ("postgresql://u:a[p4ss@h/d", "********"),
            ("postgresql://u:a p4ss@h/d", "********"),
            ("postgresql://u:p4ss", "********"),
            ("postgresql//u:p4ss@h/d", "********"),
            ("host=h password='p4ss", "********"),
            ("host=h p4ss", "********"),
            ("dbname=postgresql://u:p4ss@h/d", "********"),
        ]
    )
    func `a password is masked however it is written, and requires a private file`(text: String, masked: String) {
        #expect(ConnectionURL.masked(text) == masked)
        #expect(ConnectionURL.holdsPassword(text))
    }

    @Test(
        arguments: [
            "postgresql://u@h/db", "postgresql://h:5432/db", "postgresql:///db", "mysql://u@h:3306/db",
            "host=h dbname=d",
            "service=crm", "postgresql://a:1,b:2/db", "postgresql://%2Fvar%2Frun/db", "host=/var/run/postgresql",
        ]
    )
    func `a text without a password is shown unchanged`(text: String) {
        #expect(ConnectionURL.masked(text) == text)
        #expect(!ConnectionURL.holdsPassword(text))
    }

    @Test(arguments: ["postgresql://u@h/db?sslmode=verify-full&sslrootcert=/etc/ca.pem", "host=h sslmode=require"])
    func `parameters that are not secrets do not require a private file`(text: String) {
        #expect(!ConnectionURL.holdsPassword(text))
    }
}
