import Alerts
import Base
import Reporting

/// The silences in force, and the form for a new one.
struct SilencesView: Sendable {
    let silences: [AlertSilence]
    /// The hidden field that every form needs.
    let token: Markup
    /// The conditions with which the form begins.
    let conditions: String

    var markup: Markup {
        """
        <h1>\(localized("Silences"))</h1>
        \(list)
        <section class="card"><h3>\(localized("A new silence"))</h3><div class="acts">
        <form method="post" action="\(SilenceRoutes.path)/begin">\(token)\
        <label>\(localized("Conditions")) <input name="conditions" size="40" maxlength="400" value="\(conditions)" \
        placeholder="rule=long-wait, queue=support" required></label>\
        <label>\(localized("For", context: "length of a silence")) <select name="for">\(Markup.joined(Self.options))</select></label>\
        <label>\(localized("Why")) <input name="comment" size="24" maxlength="200"></label>\
        <button>\(localized("Silence", context: "button"))</button></form></div>
        <p><small>\(Self.help)</small></p></section>
        <p class="pages"><a class="button" href="/alerts">\(localized("Alerts"))</a></p>
        """
    }

    private static var help: String {
        localized(
            "Nobody is told about alerts that meet all conditions; they are still shown. Conditions are LABEL=VALUE or LABEL!=VALUE, with commas between them."
        )
    }

    private static var options: [Markup] {
        SilenceRoutes.spans.map { "<option value=\"\($0.value)\">\($0.title)</option>" }
    }

    private var list: Markup {
        if silences.isEmpty { return "<p class=\"empty\">\(localized("No silences."))</p>" }
        return """
            <section class="card scroll" tabindex="0"><table class="list">
            <thead><tr>\(Piece.head(localized("Conditions")))\(Piece.head(localized("Until")))\
            \(Piece.head(localized("By", context: "author")))\(Piece.head(localized("Why")))\
            \(Piece.head(localized("What to do")))</tr></thead>
            <tbody>
            \(Markup.joined(silences.map { row($0) }, "\n"))
            </tbody></table></section>
            """
    }

    private func row(_ silence: AlertSilence) -> Markup {
        """
        <tr><th scope="row">\(silence.matchers.map(\.description).joined(separator: ", "))</th>\
        <td \(Piece.label(localized("Until")))>\(LocalTime.utc(silence.until)) UTC</td>\
        <td \(Piece.label(localized("By", context: "author")))>\(silence.author)</td><td>\(silence.comment)</td><td><div class="acts">\
        <form method="post" action="\(SilenceRoutes.path)/\(PercentCoding.encoded(silence.id))/end">\(token)\
        <button>\(localized("End", context: "button"))</button></form></div></td></tr>
        """
    }
}
