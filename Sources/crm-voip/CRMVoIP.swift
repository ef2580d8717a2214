import ArgumentParser

@main
struct CRMVoIP: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "crm-voip")
}
