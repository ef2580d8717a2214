import CallRecords
import Postgres
import TestSupport
import Testing
import Transform

/// The warehouse and the program have one idea of what two forms of a subscriber's number are.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)")) struct CallerFormsTests {
    /// Each line is one subscriber.
    private static let subscribers = [
        ["+551187654321", "+5511987654321"], ["+541151234567", "+5491151234567", "+54111551234567"],
        ["+543416123456", "+5493416123456", "+54341156123456"], ["+525512345678", "+5215512345678"],
        ["+5712345679", "+576012345679"], ["+5622345678", "+56222345678"], ["+59398123456", "+593998123456"],
        ["+22997123456", "+2290197123456"], ["+22507123456", "+2250707123456"], ["+22522481234", "+2252722481234"],
        ["+22520801234", "+2252120801234"], ["+23777123456", "+237677123456"], ["+23722123456", "+237222123456"],
        ["+2307123456", "+23057123456"], ["+841621234567", "+84321234567"], ["+841991234567", "+84591234567"],
        ["+4930123456"], ["+79161234567"], ["+22890123456"], ["+59821234567"], ["+23480123456"],
    ]

    @Test(arguments: subscribers)
    func `all forms have one key, and the key finds all forms`(forms: [String]) async throws {
        try await Bench.with { bench in
            for form in forms {
                let number = try #require(PhoneNumber(e164: form))
                let others = NumberForms(number).numbers.map(\.description)
                let keys = try bench.connection.query(
                    "select distinct voip.caller_key(n, '') from unnest($1::text[]) as n",
                    [.textArray(forms + others)]
                ).map { row throws(PostgresError) in try row.text(0) }
                #expect(keys.count == 1, "\(form): \(keys)")
                let found = try bench.connection.query(
                    "select n from unnest($1::text[]) as n where n <> all (voip.caller_forms($2))",
                    [.textArray(forms + others), .text(form)]
                ).map { row throws(PostgresError) in try row.text(0) }
                #expect(found.isEmpty, "\(form) does not find \(found)")
            }
        }
    }
}
