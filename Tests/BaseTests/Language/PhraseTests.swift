import Base
import Testing

@Suite struct PhraseTests {
    private static let upsideDown = Language("xx", "Test", decimalSeparator: ",", .slavic) { key in
        switch (key.text, key.plural, key.context) {
        case ("{1} of {2} calls", nil, nil): ["von {2} Anrufen {1}"]
        case ("open", nil, "lost call"): ["offen"]
        case ("{1} call", "{1} calls", nil): ["{1} звонок", "{1} звонка", "{1} звонков"]
        default: nil
        }
    }

    @Test func `English needs no catalogue`() {
        #expect(localized("\(3) of \("12") calls") == "3 of 12 calls")
        #expect(localized(1, one: "\(1) call", other: "\(1) calls") == "1 call")
        #expect(localized(-1, one: "a call", other: "\(2) calls") == "a call")
        #expect(localized(0, one: "\(0) call", other: "\(0) calls") == "0 calls")
    }

    @Test func `a translation may change the order of the values`() {
        Language.$current.withValue(Self.upsideDown) {
            #expect(localized("\(3) of \(12) calls") == "von 12 Anrufen 3")
        }
    }

    @Test func `a value is not searched for placeholders`() {
        #expect(localized("\("{2}") of \("x") calls") == "{2} of x calls")
        #expect(localized("\("x") of {} {0} {9} {a} { calls") == "x of {} {0} {9} {a} { calls")
    }

    @Test func `the context decides between translations`() {
        Language.$current.withValue(Self.upsideDown) {
            #expect(localized("open", context: "lost call") == "offen")
            #expect(localized("open") == "open")
        }
    }

    /// CLDR, cardinals of Russian: one for 1, 21, 101; few for 2–4, 22, 104; many for 0, 5–20, 111–114.
    @Test(
        arguments: [
            (0, "звонков"), (1, "звонок"), (2, "звонка"), (4, "звонка"), (5, "звонков"), (11, "звонков"),
            (12, "звонков"), (14, "звонков"), (20, "звонков"), (21, "звонок"), (22, "звонка"), (101, "звонок"),
            (104, "звонка"), (111, "звонков"), (114, "звонков"), (1001, "звонок"), (-2, "звонка"),
        ]
    )
    func `Russian counts choose among three forms`(count: Int, noun: String) {
        Language.$current.withValue(Self.upsideDown) {
            #expect(localized(count, one: "\(count) call", other: "\(count) calls") == "\(count) \(noun)")
        }
    }

    @Test func `the largest and the smallest count have forms`() {
        Language.$current.withValue(Self.upsideDown) {
            let (least, most) = (Int64.min, UInt64.max)
            #expect(localized(least, one: "\(least) call", other: "\(least) calls") == "-9223372036854775808 звонков")
            #expect(localized(most, one: "\(most) call", other: "\(most) calls") == "18446744073709551615 звонков")
        }
    }

    @Test func `what is not translated is English`() {
        Language.$current.withValue(Self.upsideDown) {
            #expect(localized("closed") == "closed")
            #expect(localized(1, one: "a queue", other: "\(1) queues") == "a queue")
        }
    }

    @Test func `a language has a code`() {
        #expect(Language(code: "DE") == .german)
        #expect(Language(code: "ru") == .russian)
        #expect(Language(code: "fr") == nil)
    }
}
