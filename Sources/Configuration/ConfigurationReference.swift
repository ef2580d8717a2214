/// The documentation of all keys, derived from `KeyTable`.
public enum ConfigurationReference {
    /// The page `docs/configuration.md`.
    public static var markdown: String {
        var out = """
            # Configuration

            This page is written by `crm-voip config reference`; a test checks that it is up to date.

            \(introduction.map { $0.joined(separator: "\n") }.joined(separator: "\n\n"))

            """
        for table in KeyTable.tables where table.pattern.first != "health" {
            out += "\n## `[\(table.writtenPath)]`\n\n\(table.summary)\n\n"
            out += "| key | value | default | meaning |\n| --- | --- | --- | --- |\n"
            for key in table.keys {
                let standard = key.standard.map { "`\($0.toml)`" } ?? ""
                out += "| `\(key.name)` | \(key.kind.description) | \(standard) | \(key.summary) |\n"
            }
        }
        out += """

            ## `[health.MEASURE]`

            From where on a measure of `crm-voip health` is bad: `warning` and `critical`, each a
            [Nagios range](https://nagios-plugins.org/doc/guidelines.html#THRESHOLDFORMAT) outside of which it is. `10` is \
            0 to 10, `10:` at least 10.

            | measure | `warning` | `critical` | meaning |
            | --- | --- | --- | --- |

            """
        for measure in HealthMeasure.all {
            let (warning, critical) = (measure.standard.warning, measure.standard.critical)
            out += "| `\(measure.name)` | `\"\(warning)\"` | `\"\(critical)\"` | \(measure.summary) |\n"
        }
        return out
    }

    /// What holds for all keys, in paragraphs of lines.
    static let introduction = [
        [
            "The configuration is a [TOML](https://toml.io) file: the one named by `--config`, else by `CRM_VOIP_CONFIG`, else",
            "`~/.config/crm-voip/crm-voip.toml`, else `/etc/crm-voip/crm-voip.toml`. There need not be one: `crm-voip etl --file",
            "Master.csv` works without. `crm-voip config init` writes a commented file of all keys, `config check` checks it,",
            "`config show` shows what is in force and from where.",
        ],
        [
            "Flags win over environment variables, which win over the file, which wins over the defaults. A key that does not",
            "exist is an error that names file and line.",
        ],
        [
            "The environment variable of a key is its path in capitals, with an underscore for what is neither letter nor digit:",
            "`pbx.main.ami.secret` is `CRM_VOIP_PBX_MAIN_AMI_SECRET`, and `pbx.head-office.csv` is",
            "`CRM_VOIP_PBX_HEAD_OFFICE_CSV`. The values of a list are separated by commas; an empty variable is one that is",
            "not set. A variable that begins with `CRM_VOIP_` and is no key is warned of.",
        ],
        [
            "Secrets come from the environment, from a file of their own (`secret_file`, `password_file`: the first line), or",
            "from the places of the libraries (`pg_service.conf`, `~/.pgpass`, `my.cnf`), never from a flag. A file that holds",
            "one, the configuration file included, is refused if others can read it: it may be readable by its owner alone, or,",
            "if it belongs to root, by its group too. The configuration is refused as well, with or without a secret in it, if",
            "others can change it, or if it belongs to a user who is neither root nor the one who runs the command.",
        ],
        [
            "Of a connection URL only host, port, database and user are ever shown. Write `%`, `@`, `:`, `/`, `?` and `#` in a",
            "user or password as `%25`, `%40`, `%3A`, `%2F`, `%3F` and `%23`: a URL that cannot be read without doubt is treated",
            "as a secret as a whole.",
        ],
        [
            "Lengths of time are in seconds. A path may begin with `~/`."
        ],
    ]
}
