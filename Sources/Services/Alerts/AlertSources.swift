/// Where alerts get their figures from: what `serve` shows as well.
public struct AlertSources: Sendable {
    let model: LiveModel
    let sampler: HealthSampler
    let callbacks: CallbackList
    let warehouse: WarehouseWatch
    let desk: QueryDesk

    /// Sources that somebody else keeps up to date.
    public init(
        model: LiveModel,
        sampler: HealthSampler,
        callbacks: CallbackList,
        warehouse: WarehouseWatch,
        desk: QueryDesk
    ) {
        (self.model, self.sampler, self.callbacks) = (model, sampler, callbacks)
        (self.warehouse, self.desk) = (warehouse, desk)
    }
}
