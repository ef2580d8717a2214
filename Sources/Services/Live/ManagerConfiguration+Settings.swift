import AMI
public import AMIClient
import Base
public import Configuration

extension ManagerConfiguration {
    /// The manager interface of a configured PBX.
    ///
    /// - Throws: `ConfigurationError`, or ``ServiceError`` if no user is configured.
    public init(_ settings: Settings, pbx name: String?) throws {
        let ami = try settings.ami(ofPBX: name)
        let pbx = try settings.pbxName(name)
        guard let username = ami.username, let secret = ami.secret else {
            throw ServiceError(
                .configuration,
                "The live commands need pbx.\(pbx).ami.username and secret (or secret_file) in the configuration."
            )
        }
        self.init(host: ami.host, port: ami.port, username: username, secret: secret)
        tls = ami.tls
        caFile = ami.caFile
        connectTimeout = .seconds(ami.connectTimeout)
        actionTimeout = .seconds(ami.actionTimeout)
        reconnectDelay = .seconds(ami.reconnectDelay)
        eventBuffer = ami.eventBuffer
        encoding = ami.encoding
    }
}

extension Settings {
    /// Whether a user of the manager interface is configured for a PBX.
    func hasManager(_ name: String) -> Bool { (try? ami(ofPBX: name))?.username != nil }
}
