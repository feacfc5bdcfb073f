"""Handing out the file that proves a completion elsewhere."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.identity import learner_for
from training.assignments.access import completions_seen_by
from training.assignments.models import CompletionProof
from training.elsewhere.rules.proofs import CONTENT_TYPES
from training.teams.access import may_enter


@never_cache
@require_safe
def proof_for_trainers(request, pk):
    """Return the proof of a completion that the user may see."""
    if not may_enter(request.user):
        raise PermissionDenied
    seen = completions_seen_by(request.user)
    proofs = CompletionProof.objects.filter(completion__in=seen)
    return _download(get_object_or_404(proofs, completion=pk))


@never_cache
@require_safe
@login_required
def own_proof(request, pk):
    """Return the proof of a completion of one's own."""
    proofs = CompletionProof.objects.filter(completion__learner=learner_for(request))
    return _download(get_object_or_404(proofs, completion=pk))


def _download(proof):
    """Return the file to be saved, never to be shown as a page of this site."""
    kind = CONTENT_TYPES.get(proof.name.rpartition(".")[2], "application/octet-stream")
    return HttpResponse(
        bytes(proof.content),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{proof.file_name}"'},
    )
