import Base
import Configuration

/// In which language a request is answered.
///
/// A person's choice, which a cookie keeps, takes precedence over the installation's language, and that over what the
/// browser asks for. Programs are answered in English, whatever the installation's language is.
struct LanguageChoice: Sendable {
    /// The installation's language; nil if the browser decides.
    var installed: Language?

    /// The language of the command line, if it has one, else that of the configuration.
    init(_ settings: Settings) {
        let current = Language.current
        installed = current == settings.language ? settings.chosenLanguage : current
    }

    /// A choice for an installation with this language.
    init(installed: Language? = nil) { self.installed = installed }

    /// The cookie with a person's choice.
    static let cookie = "crm_voip_language"
    /// The field of a query that says the language for an unattended display, such as `/wall?language=de`.
    static let field = "language"
    /// Answers for programs.
    private static let ofPrograms: Set<String> = ["api", "metrics", "healthz", "readyz"]

    /// The language of the answer to a request.
    func language(for request: Request) -> Language {
        if let first = request.segments.first, Self.ofPrograms.contains(first) { return .english }
        return request.query[Self.field].flatMap { Language(code: $0) }
            ?? request.cookie(Self.cookie).flatMap { Language(code: $0) }
            ?? installed
            ?? request.headers["accept-language"].flatMap(Self.preferred)
            ?? .english
    }

    /// The best of our languages for `Accept-Language` (RFC 9110, section 12.5.4); nil if none of them is wanted.
    static func preferred(_ header: String) -> Language? {
        var best: (language: Language, weight: Double)?
        for part in header.split(separator: ",").prefix(30) {
            let fields = part.split(separator: ";").map { $0.filter { $0 != " " } }
            // A region does not matter: `de-AT` is answered in German.
            guard let range = fields.first, let code = range.split(separator: "-").first,
                let language = Language(code: String(code))
            else { continue }
            let weight = fields.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            guard weight > 0, weight > best?.weight ?? 0 else { continue }
            best = (language, weight)
        }
        return best?.language
    }
}
