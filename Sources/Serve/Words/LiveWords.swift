import Base
import Reporting

/// The sentences of the browser's script, which reads them from the page.
enum LiveWords {
    /// Attributes of the notice about the connection; `{1}` stands for a duration.
    static var attributes: Markup {
        let duration = "{1}"
        return """
             data-silent="\(localized("No news for \(duration). The data shown is old."))" \
            data-refused="\(localized("The connection was refused. Log in again, or wait."))"
            """
    }
}
