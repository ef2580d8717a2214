import Base
import CallRecords
import Extract
import Glibc
import Testing
import TestSupport

@Suite struct ContactCSVTests {
    /// Writes bytes to a separate file, reads the contacts and removes it.
    private func read(
        _ bytes: [UInt8],
        encoding: TextEncoding = .latin1
    ) throws -> (contacts: [ContactRecord], skipped: Int) {
        var template = Array("/tmp/contacts-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            try #require(written > 0)
            rest = rest.dropFirst(written)
        }
        close(descriptor)
        var source = ContactCSV(path: path, encoding: encoding)
        var contacts: [ContactRecord] = []
        try source.forEachContact { contacts.append($0) }
        return (contacts, source.skippedRows)
    }

    private func read(_ text: String) throws -> [ContactRecord] { try read(Array(text.utf8)).contacts }

    @Test func theListOfTheContract() throws {
        let contacts = try read(
            #"""
            kind,id,name,phone,owner
            contact,2,Irina Волков,+7 916 353 0829,3
            company,2,"Company 2 ""Ltd""",+7 495 958 8807,3

            contact,8,Irina Orlov, +79167135241 ,
            """#
        )
        #expect(
            contacts == [
                ContactRecord(
                    kind: .contact,
                    id: "2",
                    name: "Irina Волков",
                    owner: "3",
                    phones: [ContactPhone("+7 916 353 0829")]
                ),
                ContactRecord(
                    kind: .company,
                    id: "2",
                    name: "Company 2 \"Ltd\"",
                    owner: "3",
                    phones: [ContactPhone("+7 495 958 8807")]
                ),
                ContactRecord(kind: .contact, id: "8", name: "Irina Orlov", phones: [ContactPhone("+79167135241")]),
            ]
        )
    }

    @Test func aSpreadsheetsExport() throws {
        let bytes: [UInt8] =
            [0xEF, 0xBB, 0xBF]
            + Array(
                "ID;First Name;Last Name;Phone 1;Mobile Phone;Fax;Updated At;Ext\r\n7;Анна;Смирнова;\"8 (495) 958-88-07\";89161234567;1;2026-11-22T23:17:09+03:00;101\r\n"
                    .utf8
            )
        let contact = try #require(try read(bytes).contacts.first)
        #expect(contact.id == "7")
        #expect(contact.kind == .contact)
        #expect(contact.name == "Анна Смирнова")
        #expect(contact.phones == [ContactPhone("8 (495) 958-88-07"), ContactPhone("89161234567", priority: 1)])
        #expect(contact.extension == "101")
        // date -u -d '2026-11-22 20:17:09' +%s
        #expect(contact.updatedAt == 1_795_378_629)
    }

    @Test func windows1251AndRussianHeader() throws {
        // ФИО;Телефон / Анна;8 916 123 45 67
        let bytes: [UInt8] =
            [0xD4, 0xC8, 0xCE, 0x3B, 0xD2, 0xE5, 0xEB, 0xE5, 0xF4, 0xEE, 0xED, 0x0A, 0xC0, 0xED, 0xED, 0xE0, 0x3B]
            + Array("8 916 123 45 67".utf8)
        let contact = try #require(try read(bytes, encoding: .cp1251).contacts.first)
        #expect(contact.name == "Анна")
        // Without an id, the phone is the id.
        #expect(contact.id == "8 916 123 45 67")
    }

    @Test(
        arguments: [
            ("2026-11-22", 1_795_305_600), ("2026-11-22 00:00:01", 1_795_305_601),
            ("2026-11-22T00:00:00.25Z", 1_795_305_600),
            ("2026-11-22 00:00:00+00", 1_795_305_600), ("2026-11-22 00:00:00.123456-0130", 1_795_311_000),
            ("22.11.2026", nil), ("2026-13-01", nil), ("2026-11-22 xx", nil), ("0000-00-00 00:00:00", nil),
        ] as [(String, Int64?)]
    )
    func moments(text: String, expected: Int64?) throws {
        #expect(try read("id,phone,updated_at\n1,2,\(text)\n").first?.updatedAt?.wholeSeconds == expected)
    }

    @Test func priorityColumnIsAddedToThePhonesPlace() throws {
        let contact = try #require(try read("id,phone,mobile,priority\n1,84959588807,89161234567,100\n").first)
        #expect(contact.phones.map(\.priority) == [100, 101])
    }

    @Test func brokenRowsAreCountedAndTheRestIsRead() throws {
        let (contacts, skipped) = try read(Array("id,name,phone\n1,A,89161234567\n\"2\"x,B,1\n,,\n3\n4,D,5,6,7\n".utf8))
        #expect(contacts.map(\.id) == ["1", "3", "4"])
        #expect(skipped == 2)
    }

    @Test func whatIsNoListOfContactsIsSaid() {
        #expect(throws: ExtractError.self) { try read("id,name\n1,A\n") }
        #expect(throws: ExtractError.self) { try read("") }
        #expect(throws: ExtractError.self) { try read("id,phone\n1,\"8916\n") }
        #expect(throws: ExtractError.self) {
            var source = ContactCSV(path: "/nonexistent/contacts.csv")
            try source.forEachContact { _ in }
        }
    }

    /// Rows across the boundaries of the reader's pieces are read completely.
    @Test func moreThanOnePiece() throws {
        var text = "id,name,phone\n"
        for id in 0..<26_000 { text += "\(id),\"Name, of \(id)\nand more\",+7916\(1_000_000 + id)\n" }
        let contacts = try read(text)
        #expect(contacts.count == 26_000)
        #expect(contacts.enumerated().allSatisfy { $1.id == String($0) && $1.name == "Name, of \($0)\nand more" })
    }
}
