/// Somebody outside: a customer, or a company that the centre calls.
struct Person: Sendable {
    struct Contact: Sendable {
        let kind: String
        let id: String
        let name: String
        let owner: String
    }

    /// Identifies the person; the index in ``People/all``.
    let number: Int
    /// `+493023125017`
    let e164: String
    /// How it is dialled in Germany: `03023125017`, `00442079460018`.
    let national: String
    /// The name that the telephone network shows, often none.
    let shown: String
    /// What the CRM knows.
    let contact: Contact?

    /// How a trunk delivers the number.
    func spelled(by trunk: Trunk) -> String { trunk.isInternational ? e164 : national }

    /// How the CRM's users wrote the number.
    var written: String {
        let digits = Array(national)
        switch number % 4 {
        case 0: return e164
        case 1: return national
        case 2: return String(digits.prefix(4)) + " / " + String(digits.dropFirst(4))
        default: return e164.prefix(3) + " " + e164.dropFirst(3).prefix(3) + " " + e164.dropFirst(6)
        }
    }
}

/// A line of a telephone company.
struct Trunk: Sendable {
    let name: String
    /// Whether it delivers numbers as `+49…`, not as `030…`.
    let isInternational: Bool

    static let berlin = Trunk(name: "berlin", isInternational: false)
    static let voice = Trunk(name: "voicenet", isInternational: true)
    static let mobile = Trunk(name: "mobile-gw", isInternational: true)
}

/// Everybody who calls or is called. All numbers are of ranges that the regulators keep free for films and examples.
struct People: Sendable {
    let all: [Person]
    /// Those at home in Germany; the first ones call most often.
    let customers: [Person]
    let important: [Person]
    let abroad: [Person]

    /// Bundesnetzagentur: (0)30 23125 000-999, (0)40 66969 000-999, (0)69 90009 000-999, (0)221 4710 000-999,
    /// (0)89 99998 000-999, (0)171 39200 00-99.
    private static let german = [
        ("3023125", 1000), ("4066969", 1000), ("6990009", 1000), ("2214710", 1000), ("8999998", 1000),
        ("17139200", 100),
    ]
    /// Ofcom: 020 7946 0000-0999. NANPA: 212 555 0100-0199. ARCEP: 01 99 00 00 00-99 99. PTS: 08-465 004 00-99.
    private static let foreign = [
        ("442079460", 1000), ("12125550", 200), ("331990000", 100), ("46846500", 500),
    ]

    init(_ dice: inout Dice) {
        var people: [Person] = []
        var (customers, important, abroad): ([Person], [Person], [Person]) = ([], [], [])
        for place in 0..<5100 {
            // The mobile range has no more than a hundred numbers.
            let ranges = place < 600 ? 6 : 5
            let (range, count) = Self.german[place % ranges]
            let line = (place < 600 ? place / 6 : 100 + (place - 600) / 5) * 7 % count
            // Two digits end the mobile range, three the others.
            let digits = range + String(1_000 + line).suffix(count == 100 ? 2 : 3)
            let isImportant = place < 600 && place % 40 == 3
            let person = Self.person(people.count, "+49\(digits)", "0\(digits)", isImportant, &dice)
            people.append(person)
            if isImportant { important.append(person) } else { customers.append(person) }
        }
        for place in 0..<36 {
            let (range, count) = Self.foreign[place % Self.foreign.count]
            let line = (count == 200 ? 100 : count == 500 ? 400 : 0) + place / Self.foreign.count * 7
            let digits = range + String(1_000 + line).suffix(count == 100 ? 2 : 3)
            let person = Self.person(people.count, "+\(digits)", "00\(digits)", false, &dice)
            people.append(person)
            abroad.append(person)
        }
        (all, self.customers, self.important, self.abroad) = (people, customers, important, abroad)
    }

    private static let owners = ["Anna Berger", "Ben Hartmann", "Clara Vogt"]
    private static let first = [
        "Lena", "Jonas", "Mia", "Paul", "Emma", "Felix", "Zoë", "Mehmet", "Olena", "Tim", "Sophie", "Karl", "Ayşe",
        "Jan",
    ]
    private static let last = [
        "Schmidt", "Müller", "Weiß", "Kowalski", "Yılmaz", "Fischer", "Brandt", "Koch", "Jäger", "Lorenz", "Krüger",
        "Novák",
    ]
    private static let firms = [
        "Radhaus Spandau", "Hotel Krone", "Café \"Zur Post\"", "Stadtwerke Nord", "Kita Sonnenblume", "Weber & Söhne",
        "Pedelec Service Köln", "Campus Rad, Zweigstelle", "Velo Express", "Praxis Dr. Lindner",
    ]

    private static func person(
        _ number: Int,
        _ e164: String,
        _ national: String,
        _ isImportant: Bool,
        _ dice: inout Dice
    ) -> Person {
        let isFirm = isImportant || number % 9 == 4
        let name =
            isFirm
            ? firms[number / 9 % firms.count] + (number < 90 ? "" : " \(number / 90 + 1)")
            : "\(dice.pick(first)) \(dice.pick(last))"
        let isKnown = isImportant || dice.chance(0.58)
        let kind = isImportant ? "key account" : isFirm ? "company" : number % 5 == 0 ? "lead" : "contact"
        let contact =
            isKnown
            ? Person.Contact(kind: kind, id: "\(1000 + number)", name: name, owner: owners[number % owners.count]) : nil
        return Person(
            number: number,
            e164: e164,
            national: national,
            shown: dice.chance(0.4) ? name : "",
            contact: contact
        )
    }
}
