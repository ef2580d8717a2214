/// A language in which crm-voip writes for people: pages, workbooks, mails and tables.
///
/// Errors, help, logs, JSON and the names of CSV columns are English in every language, because scripts and searches
/// depend on them.
package struct Language: Sendable, Equatable {
    /// The code by which it is configured, as in ISO 639-1; also the value of an HTML page's `lang`.
    package let code: String
    /// Its own name for itself.
    package let name: String
    /// The character between the whole part of a number and its decimals.
    package let decimalSeparator: String
    let pluralRule: PluralRule
    private let translation: @Sendable (Catalogue.Key) -> [String]?

    /// The language of the task. What is written for people without a choice is English.
    @TaskLocal package static var current = Language.english

    /// The phrases of the program are English.
    package static let english = Language("en", "English", decimalSeparator: ".", .oneOrOther) { _ in nil }
    package static let german = Language("de", "Deutsch", decimalSeparator: ",", .oneOrOther, LanguageFiles.de)
    package static let russian = Language("ru", "Русский", decimalSeparator: ",", .slavic, LanguageFiles.ru)

    /// In the order in which they are offered.
    package static let all = [english, german, russian]

    /// The language with a code; nil if there is none.
    package init?(code: String) {
        guard let language = Self.all.first(where: { $0.code == code.lowercased() }) else { return nil }
        self = language
    }

    /// A language.
    ///
    /// - Parameters:
    ///   - pluralRule: How counts choose one of the translations.
    ///   - translation: The translations of a key, one for each plural form; nil if it has not been translated.
    package init(
        _ code: String,
        _ name: String,
        decimalSeparator: String,
        _ pluralRule: PluralRule,
        _ translation: @escaping @Sendable (Catalogue.Key) -> [String]?
    ) {
        (self.code, self.name, self.decimalSeparator) = (code, name, decimalSeparator)
        (self.pluralRule, self.translation) = (pluralRule, translation)
    }

    /// A language with a catalogue that is part of the program. What cannot be read in it stays English.
    private init(
        _ code: String,
        _ name: String,
        decimalSeparator: String,
        _ pluralRule: PluralRule,
        _ file: String
    ) {
        let catalogue = try? Catalogue(file)
        self.init(code, name, decimalSeparator: decimalSeparator, pluralRule) { catalogue?[$0] }
    }

    /// The translation of a key, with its placeholders; nil if it has not been translated.
    ///
    /// - Parameter form: The plural form, 0 for a key without plural.
    func translation(of key: Catalogue.Key, form: Int = 0) -> String? {
        guard let forms = translation(key), form < forms.count else { return nil }
        return forms[form].isEmpty ? nil : forms[form]
    }

    package static func == (left: Language, right: Language) -> Bool { left.code == right.code }
}

/// How a count chooses a plural form; the rules are those of the CLDR for whole numbers.
package enum PluralRule: Sendable {
    /// English and German: one form for 1, another for everything else.
    case oneOrOther
    /// Russian: one form for 1, 21, 31 …, one for 2–4, 22–24 …, one for everything else.
    case slavic

    /// The number of forms.
    package var forms: Int { self == .oneOrOther ? 2 : 3 }

    /// The form for a count, beginning with 0.
    func form(_ count: Int64) -> Int {
        let magnitude = count.magnitude
        switch self {
        case .oneOrOther: return magnitude == 1 ? 0 : 1
        case .slavic:
            let (tens, ones) = (magnitude % 100, magnitude % 10)
            if (11...14).contains(tens) { return 2 }
            return ones == 1 ? 0 : (2...4).contains(ones) ? 1 : 2
        }
    }
}
