using KismetPS.Cli.Output;
using KismetPS.Kismet;
using KismetPS.Kismet.Text.Client;

namespace KismetPS.Cli.Emissions;

/// <summary>Every sentence of a text server.</summary>
internal sealed class SentenceEmission(SentenceQueue sentences, CliContext context, bool json, long limit) : Emission(context, json, limit)
{
    public override long Dropped => sentences.Dropped;

    public override void Wait(TimeSpan timeout) => sentences.Wait(timeout, Context.Stop);

    public override void Dispose() => sentences.Dispose();

    protected override void Take()
    {
        while (!IsFull && sentences.TryRead(out KismetSentence? sentence))
        {
            Write(sentence!, Lines.Of);
        }
    }
}
