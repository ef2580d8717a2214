import ArgumentParser
import Services

/// The manual page crm-voip(1) in mdoc: every command with its help, and what applies to all of them.
enum ManualPage {
    static var text: String {
        """
        .Dd \(Version.date)
        .Dt CRM-VOIP 1
        .Os crm-voip \(Version.current)
        .Sh NAME
        .Nm crm-voip
        .Nd call records of an Asterisk PBX as reports, and control of the PBX
        .Sh SYNOPSIS
        .Nm
        .Ar command
        .Op Ar options
        .Sh DESCRIPTION
        .Nm
        loads the call detail records and queue logs of Asterisk into PostgreSQL, links them to the contacts of a CRM,
        and reports on queues, agents and lost calls.
        It also controls a running PBX through its manager interface.
        .Pp
        Data goes to stdout, everything else to stderr, and progress only to a terminal.
        Colours are off with
        .Fl -no-color ,
        a non-empty
        .Ev NO_COLOR ,
        or where there is no terminal.
        .Sh COMMANDS
        \(commands.map(section).joined())\
        .Sh EXIT STATUS
        .Bl -tag -width Ds
        \(ExitStatus.allCases.map { ".It \($0.rawValue)\n\(roff($0.meaning))\n" }.joined())\
        .El
        .Pp
        .Nm
        .Cm health
        ends with 0 if all is well, 1 for a warning, 2 if it is critical, 3 if it is unknown.
        .Sh ENVIRONMENT
        .Bl -tag -width Ds
        .It Ev CRM_VOIP_CONFIG
        The configuration file.
        .It Ev CRM_VOIP_DATA
        The folder of the embedded warehouse and other state.
        .It Ev CRM_VOIP_...
        Any key of the configuration, its path in capitals; see
        .Xr crm-voip.toml 5 .
        .It Ev NO_COLOR
        No colours, if it is not empty.
        .El
        .Sh FILES
        .Bl -tag -width Ds
        .It Pa ~/.config/crm-voip/crm-voip.toml , Pa /etc/crm-voip/crm-voip.toml
        The configuration.
        .It Pa ~/.local/share/crm-voip , Pa /var/lib/crm-voip
        The embedded warehouse; the latter if run by root.
        .El
        .Sh EXAMPLES
        Load a file of call records and a queue log, and report on this week's queues:
        .Bd -literal -offset indent
        crm-voip etl --file Master.csv --queue-log queue_log
        crm-voip report queues --days 7
        .Ed
        .Pp
        Call 1234567890 from the phone of extension 101:
        .Bd -literal -offset indent
        crm-voip originate PJSIP/101 1234567890
        .Ed
        .Sh SEE ALSO
        .Xr psql 1 ,
        .Xr crm-voip.toml 5

        """
    }

    /// All visible commands that do something, with their names, in the order of the help.
    static var commands: [(names: [String], type: any ParsableCommand.Type)] {
        leaves(below: CRMVoIP.self, names: ["crm-voip"])
    }

    private static func leaves(
        below type: any ParsableCommand.Type,
        names: [String]
    ) -> [(names: [String], type: any ParsableCommand.Type)] {
        type.configuration.subcommands.filter { $0.configuration.shouldDisplay }.flatMap { command in
            let names = names + [command._commandName]
            return command.configuration.subcommands.isEmpty
                ? [(names, command)] : leaves(below: command, names: names)
        }
    }

    /// A command's section: its purpose as text, then its usage and options as the program prints them.
    private static func section(_ names: [String], _ type: any ParsableCommand.Type) -> String {
        let help = HelpExamples.appended(to: CRMVoIP.helpMessage(for: type, columns: 78))
        let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
        let options = lines.drop { !$0.hasPrefix("USAGE:") }.reversed().drop { $0.isEmpty }.reversed()
        var out = ".Ss \(roff(names.joined(separator: " ")))\n\(roff(type.configuration.abstract))\n"
        for paragraph in type.configuration.discussion.split(separator: "\n\n") {
            out += "\(roff(String(paragraph)))\n"
        }
        return out + ".Bd -literal\n" + options.map { roff(String($0)) }.joined(separator: "\n") + "\n.Ed\n"
    }

    /// Text escaped so that roff does not interpret it.
    private static func roff(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var out = ""
            for character in line {
                switch character {
                case "\\": out += "\\e"
                case "-": out += "\\-"
                default: out.append(character)
                }
            }
            return out.hasPrefix(".") || out.hasPrefix("'") ? "\\&" + out : out
        }.joined(separator: "\n")
    }
}
