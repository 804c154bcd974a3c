namespace KismetPS.Export.Messages;

/// <summary>True or false.</summary>
internal sealed class FlagField<TSource>(string name, string wire, Func<TSource, bool> get)
    : MessageField<TSource>(name, wire, null, null)
{
    public override void Write(FieldSink to, TSource source) => to.Flag(this, get(source));
}
