extension ConfigurationReference {
    /// The manual page crm-voip.toml(5), in mdoc.
    ///
    /// - Parameters:
    ///   - version: the program's version.
    ///   - date: the date of that version, in mdoc's form.
    public static func manualPage(version: String, date: String) -> String {
        var out = """
            .\\" Written by `crm-voip config reference --man`; a test checks that it is up to date.
            .Dd \(date)
            .Dt CRM-VOIP.TOML 5
            .Os crm-voip \(version)
            .Sh NAME
            .Nm crm-voip.toml
            .Nd configuration of crm-voip
            .Sh DESCRIPTION

            """
        for (index, paragraph) in introduction.enumerated() {
            if index > 0 { out += ".Pp\n" }
            out += paragraph.map(roff).joined(separator: "\n") + "\n"
        }
        for table in KeyTable.tables {
            out += ".Ss \(table.heading)\n\(roff(table.summary))\n.Bl -tag -width Ds\n"
            for key in table.keys {
                out += ".It Ic \(key.name) No = Ar \(roff(key.kind.description))\n\(roff(key.summary))\n"
                if let standard = key.standard, standard != .list([]) {
                    out += "The default is\n.Ql \(roff(standard.toml)) .\n"
                }
            }
            out += ".El\n"
        }
        return out + """
            .Sh FILES
            .Bl -tag -width Ds
            .It Pa ~/.config/crm-voip/crm-voip.toml
            .It Pa /etc/crm-voip/crm-voip.toml
            .El
            .Sh SEE ALSO
            .Xr crm-voip 1

            """
    }

    /// Text escaped so that roff does not interpret it, and without Markdown's marks.
    private static func roff(_ text: String) -> String {
        var out = ""
        var isLink = false
        for character in text {
            switch character {
            case "\\": out += "\\e"
            case "`": continue
            case "(" where out.hasSuffix("]"): isLink = true
            case ")" where isLink: isLink = false
            case _ where isLink: continue
            case "…": out += "..."
            case "-": out += "\\-"
            default: out.append(character)
            }
        }
        out = out.replacingLinks()
        return out.hasPrefix(".") || out.hasPrefix("'") ? "\\&" + out : out
    }
}

extension String {
    /// `[TOML]` of a Markdown link without its brackets; other brackets are kept.
    fileprivate func replacingLinks() -> String {
        self == "" ? self : split(separator: "[TOML]", omittingEmptySubsequences: false).joined(separator: "TOML")
    }
}
