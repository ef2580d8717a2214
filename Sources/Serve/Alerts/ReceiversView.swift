import Base
import Reporting
import Services

/// The receivers of alerts, below the alerts.
struct ReceiversView: Sendable {
    let receivers: [DeliveryStatus]

    /// A table; nothing without receivers.
    var markup: Markup {
        if receivers.isEmpty { return "" }
        return """
            <h2>\(localized("Receivers"))</h2>
            <section class="card scroll" tabindex="0"><table class="list">
            <thead><tr>\(Piece.head(localized("Receiver")))\(Piece.head(localized("State")))\
            \(Piece.head(localized("Waiting", context: "messages")))\(Piece.head(localized("Delivered")))\
            \(Piece.head(localized("Given up")))</tr></thead>
            <tbody>
            \(Markup.joined(receivers.map { row($0) }, "\n"))
            </tbody></table></section>
            """
    }

    private func row(_ item: DeliveryStatus) -> Markup {
        """
        <tr><th scope="row">\(item.receiver)</th><td>\(state(item))</td>\
        <td \(Piece.label(localized("Waiting", context: "messages")))>\(waiting(item))</td>\
        <td \(Piece.label(localized("Delivered")))>\(String(item.delivered))</td>\
        <td \(Piece.label(localized("Given up")))>\(givenUp(item))</td></tr>
        """
    }

    private func state(_ item: DeliveryStatus) -> Markup {
        guard let since = item.failingSince else {
            return "<span class=\"health ok\"><span aria-hidden=\"true\">✓</span> \(localized("ok"))</span>"
        }
        return """
            <span class="health critical"><span aria-hidden="true">✕</span> \(localized("failing", context: "receiver"))</span> \(Piece.age(Moment.now - since))\
            <br><small lang="en">\(item.reason ?? "")</small>
            """
    }

    private func waiting(_ item: DeliveryStatus) -> Markup {
        guard let oldest = item.oldest else { return "0" }
        return Markup.localized("\(item.queued), the oldest \(Piece.age(Moment.now - oldest))", context: "messages")
    }

    private func givenUp(_ item: DeliveryStatus) -> Markup {
        guard let last = item.lastFailure else { return "0" }
        let text = localized("\(item.failed + item.expired), the last \(LocalTime.utc(last)) UTC", context: "messages")
        return "\(text)<br><small lang=\"en\">\(item.lastReason ?? "")</small>"
    }
}
