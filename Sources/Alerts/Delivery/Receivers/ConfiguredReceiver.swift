/// A receiver of the configuration: its options say what a delivery must know about it.
protocol ConfiguredReceiver: AlertReceiver {
    var options: ReceiverOptions { get }
}

extension ConfiguredReceiver {
    var name: String { options.name }
    var timeout: Duration { options.timeout }
    var fallback: String? { options.fallback }
    var wantsSignOfLife: Bool { options.wantsSignOfLife }
}
