"""The reader's network: the embedder's own encoder with three small heads.

A question and a passage go in together. Out come, for each token, whether the answer starts or ends
there (position 0 means nowhere), what kind of answer there is, and whether the passage supports a claim.
The span head is that of BERT (Devlin et al. 2019, NAACL, section 4.3).
"""

from __future__ import annotations

from pathlib import Path

from torch import Tensor, nn
from transformers import BertConfig, BertModel

from models.protocols import ANSWERS, VERDICTS

KINDS = ANSWERS
FROZEN = "encoder.embeddings.word_embeddings.weight"  # stays the embedder's, so it is neither trained nor stored


class ReaderNetwork(nn.Module):
    """Encoder and heads.

    Args:
        folder: a BERT encoder as sentence-transformers saves it.
        dropout: of its hidden states, while training.
    """

    def __init__(self, folder: Path, dropout: float = 0.0) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(folder, hidden_dropout_prob=dropout, attention_probs_dropout_prob=0.0)
        self.encoder = BertModel.from_pretrained(folder, config=config, add_pooling_layer=False, local_files_only=True)
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.span = nn.Linear(config.hidden_size, 2)
        self.kind = nn.Linear(config.hidden_size, len(KINDS))
        self.verdict = nn.Linear(config.hidden_size, len(VERDICTS))

    def forward(self, ids: Tensor, segments: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Read a batch.

        Args:
            ids: int64 (batch, length), `[CLS] question [SEP] passage [SEP]` and padding.
            segments: int64 (batch, length), 1 over the passage and its `[SEP]`.
            mask: int64 (batch, length), 0 over padding.

        Returns:
            Logits of span ends (batch, length, 2), minus infinity where no answer may stand; of `KINDS`; of `VERDICTS`.
        """
        hidden = self.encoder(input_ids=ids, token_type_ids=segments, attention_mask=mask).last_hidden_state
        open_to_answers = (segments * mask).bool()
        open_to_answers[:, 0] = True
        ends = self.span(hidden).float().masked_fill(~open_to_answers.unsqueeze(-1), float("-inf"))
        first = hidden[:, 0]
        return ends, self.kind(first).float(), self.verdict(first).float()
