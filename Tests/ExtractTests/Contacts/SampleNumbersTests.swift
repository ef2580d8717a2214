import CallRecords
import Extract
import Glibc
import Testing
import Transform

/// An evening of a real Asterisk in Tests/Samples, compared with its README's description of its numbers: Russian
/// callers in five spellings, three foreign numbers, nobody else.
@Suite struct SampleNumbersTests {
    private static let foreign = ["380441234567", "442079460958", "4915123456789"]

    private static func sample(_ name: String, file: String = #filePath) -> String {
        file.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Samples/asterisk-a/" + name
    }

    private static func normaliser() throws -> NumberNormaliser {
        let extensions = try ExtensionPlan("101-108, 400, 401, 700, 800")
        return NumberNormaliser(plan: try NumberPlan(region: "RU", outsidePrefix: "9", extensions: extensions))
    }

    /// The number that follows from the last ten digits, or one of the three foreign ones; `nil` if there are fewer
    /// than ten.
    private static func expected(_ written: some StringProtocol) -> String? {
        let digits = String(written.filter { $0.isASCII && $0.isNumber })
        if let number = foreign.first(where: { digits.hasSuffix($0) }) { return "+" + number }
        return digits.count < 10 ? nil : "+7" + digits.suffix(10)
    }

    @Test func everyNumberOfTheEvening() throws {
        let normaliser = try Self.normaliser()
        let descriptor = open(Self.sample("Master.csv"), O_RDONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = read(descriptor, &bytes, bytes.count)
        var seen = (numbers: 0, extensions: 0, withheld: 0)
        for line in String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: "\n") {
            let fields = line.split(separator: "\",\"", omittingEmptySubsequences: false)
            try #require(fields.count > 3)
            let (src, dst, context) = (String(fields[1]), String(fields[2]), fields[3])

            let caller = normaliser.party(src, as: .caller)
            #expect(caller.phoneNumber?.description == Self.expected(src), "\(src)")
            switch caller {
            case .e164: seen.numbers += 1
            case .extension: seen.extensions += 1
            case .anonymous: seen.withheld += 1
            default: #expect(["", "script>"].contains(src), "\(src)")
            }
            if context == "from-internal" || context == "trunk-out", !dst.hasPrefix("Local") {
                #expect(normaliser.party(dst, as: .dialled).phoneNumber?.description == Self.expected(dst), "\(dst)")
            }
        }
        // Counted with grep over the second column: three digits, ten and more, anonymous and unknown.
        #expect(seen == (numbers: 1141, extensions: 727, withheld: 28))
    }

    @Test func everyContactOfTheList() throws {
        let normaliser = try Self.normaliser()
        var builder = ContactIndexBuilder()
        var source = ContactCSV(path: Self.sample("contacts.csv"))
        var contacts = 0
        var phones = PhoneTally()
        try source.forEachContact { contact in
            contacts += 1
            phones += builder.add(contact, normaliser: normaliser)
            let phone = try #require(contact.phones.first).text
            let digits = phone.split(separator: "доб").first.flatMap { Self.expected($0) }
            #expect(
                normaliser.numbers(inContactField: phone).map(\.description) == (digits.map { [$0] } ?? []),
                "\(phone)"
            )
        }
        #expect(contacts == 74 && source.skippedRows == 0)
        // Contact 901's phone is the extension 101, which does not count as unreadable.
        #expect(phones.unreadable == 0 && phones.readable == 73)

        let index = builder.build()
        #expect(index.linkCount == 73)
        // Contacts 2 and 900 share a number, and so do lead 61 and company 1.
        let shared = try #require(PhoneNumber(e164: "+79163530829"))
        #expect(index.candidates(shared).map { index[$0.contact].id } == ["2", "900"])
        let office = try #require(PhoneNumber(e164: "+74952980815"))
        #expect(index.candidates(office).map { index[$0.contact].kind } == [.lead, .company])
    }
}
