import Base
import Reporting

/// The page on which a person chooses the language of all pages.
struct LanguageRoutes: Sendable {
    static let path = "/language"
    /// Browsers keep a cookie for at most 400 days.
    private static let longest = 400 * 86_400

    func add(to router: inout Router) {
        router.on(.get, Self.path, for: .everybody, "The choice of a language.") { exchange in page(exchange) }
        router.on(.post, "\(Self.path)/choose", for: .everybody, "Choose a language.") { exchange in
            try choose(exchange.request)
        }
    }

    private func page(_ exchange: Exchange) -> Response {
        let buttons = Language.all.map { language -> Markup in
            let current: Markup = language == Language.current ? " aria-current=\"true\"" : ""
            return
                "<button name=\"code\" value=\"\(language.code)\" lang=\"\(language.code)\"\(current)>\(language.name)</button>"
        }
        let body: Markup = """
            <section class="message">
            <h1>\(localized("Language"))</h1>
            <form class="languages" method="post" action="\(Self.path)/choose">\(Markup.joined(buttons, "\n"))</form>
            </section>
            """
        return Page(title: localized("Language"), body: body).response(for: exchange.identity)
    }

    private func choose(_ request: Request) throws -> Response {
        guard let language = request.form["code"].flatMap({ Language(code: $0) }) else {
            throw Problem(.badRequest, "usage", localized("Choose one of the languages."))
        }
        var response = Response.redirect(to: "/")
        response.headers["Set-Cookie"] =
            "\(LanguageChoice.cookie)=\(language.code); Path=/; HttpOnly; SameSite=Strict"
            + "\(request.isSecure ? "; Secure" : ""); Max-Age=\(Self.longest)"
        return response
    }
}
