using KismetPS.Capture;

namespace KismetPS.Export.Messages;

/// <summary>A list of texts.</summary>
internal sealed class ListField<TSource, TItem>(string name, string wire, Func<TSource, DetailList<TItem>> get, Func<TItem, string?> text)
    : MessageField<TSource>(name, wire, null, null)
{
    public override void Write(FieldSink to, TSource source) => to.List(this, get(source), text);
}
