import Base
import Reporting
import Services
import Switchboard

/// Pages with forms for requests. Live views link to them, since a form that is replaced while somebody fills it in
/// would be useless. They work without JavaScript.
struct OrderRoutes: Sendable {
    let orders: QueueOrders
    let forms: FormTokens
    let notices: Notices

    /// The subject of such a page.
    enum Subject: String, CaseIterable, Sendable { case member, queue, call }

    func add(to router: inout Router) {
        for subject in Subject.allCases {
            router.on(
                .get,
                "/orders/\(subject.rawValue)",
                for: .role(.operator),
                "Orders about a \(subject.rawValue)."
            ) { try page(subject, $0) }
        }
        for order in QueueOrder.allCases {
            router.on(.post, "/orders/\(order.rawValue)", for: .role(order.role), "The order \(order.rawValue).") {
                await give(order, $0)
            }
        }
    }

    /// The address of such a page.
    static func address(_ subject: Subject, pbx: String, _ fields: [(String, String)]) -> String {
        let query = ([("pbx", pbx)] + fields).map { "\($0.0)=\(PercentCoding.encoded($0.1))" }
        return "/orders/\(subject.rawValue)?\(query.joined(separator: "&"))"
    }

    private func page(_ subject: Subject, _ exchange: Exchange) throws -> Response {
        guard let identity = exchange.identity else {
            throw Problem(.unauthorized, "notPermitted", localized("Log in."))
        }
        let fields = exchange.request.query.setting("notice", nil)
        let input = LivePage.Input(states: orders.model.current, identity: identity, query: fields.keeping(["pbx"]))
        let view = OrderView(
            states: input.visibleStates,
            identity: identity,
            token: forms.field(for: identity),
            back: "/orders/\(subject.rawValue)?\(fields.text)"
        )
        let body =
            switch subject {
            case .member: view.member(fields["interface"] ?? "")
            case .queue: view.queue(fields["queue"] ?? "")
            case .call: view.call(fields["call"] ?? "")
            }
        var page = Page(title: localized("Orders"), place: subject == .call ? .calls : .queues, body: body)
        page.notice = notices.notice(exchange)
        return page.response(for: identity)
    }

    private func give(_ order: QueueOrder, _ exchange: Exchange) async -> Response {
        let form = exchange.request.form
        let back = LoginRoutes.safe(form["back"] ?? "/queues")
        let input = QueueOrder.Input(
            queue: form["queue"],
            interface: form["interface"],
            name: form["name"],
            reason: form["reason"],
            penalty: form["penalty"].flatMap { Int($0) },
            channel: form["channel"],
            exten: form["exten"],
            context: form["context"],
            supervisor: form["supervisor"],
            mode: form["mode"]
        )
        do {
            let sentence = try await orders.give(order, input, pbx: form["pbx"], exchange)
            return notices.redirect(exchange, to: back, .init(text: sentence))
        } catch {
            return notices.redirect(exchange, to: back, .init(text: Problem(error).shown, isFailure: true))
        }
    }
}
